import HTTP
import Testing

@Suite("What is not HTTP/1.1")
struct ForeignProtocolTests {
    private static let clientHello: [UInt8] =
        [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03]
        + (0..<500).map { UInt8(truncatingIfNeeded: $0 &* 7) }

    private static let examples: [(name: String, bytes: [UInt8])] = [
        ("TLS", clientHello),
        ("HTTP/2 (RFC 9113 §3.4)", Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)),
        ("HTTP/0.9", Array("GET /\r\n".utf8)),
        ("SSH", Array("SSH-2.0-OpenSSH_9.2\r\n".utf8)),
        ("SMTP", Array("EHLO localhost\r\nMAIL FROM:<a@b>\r\n".utf8)),
        ("RTSP", Array("OPTIONS rtsp://a/ RTSP/1.0\r\nCSeq: 1\r\n\r\n".utf8)),
        ("SOCKS", [0x05, 0x01, 0x00, 0x0A]),
        ("PROXY", Array("PROXY TCP4 10.0.0.1 10.0.0.2 1 80\r\n".utf8)),
        ("NULs", [UInt8](repeating: 0, count: 100_000)),
        ("line ends", Array(String(repeating: "\r\n", count: 10_000).utf8)),
        ("bytes", (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }),
    ]

    @Test(
        "is answered with an error at most, and nothing in it taken for a request",
        arguments: examples
    )
    func refused(_ name: String, _ bytes: [UInt8]) async throws {
        var limits = Limits()
        limits.headTime = .milliseconds(200)
        let log = RequestLog()
        try await withAttackedServer(limits: limits, handler: log.handler) { port in
            let client = try RawClient(port: port)
            try? client.send(bytes + Array("GET /second HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
            let response = try client.readResponse()
            #expect((400...599).contains(response.status))
            #expect(response.headers["Connection"] == "close")
        }
        #expect(Set(log.paths) == ["/after"])
    }
}
