import HTTP
import Testing

@Suite("Oversize requests")
struct OversizeTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let status: Int
        let bytes: String

        init(_ description: String, _ status: Int, _ bytes: String) {
            (testDescription, self.status, self.bytes) = (description, status, bytes)
        }
    }

    private static func text(_ count: Int) -> String { String(repeating: "x", count: count) }

    private static let chunked =
        "POST /first HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"

    private static let cases = [
        Case("a request line", 414, "GET /\(text(8192)) HTTP/1.1\r\nHost: a\r\n\r\n"),
        Case("a request line without end", 414, "GET /\(text(2_000_000))"),
        Case("a method without end", 414, text(2_000_000)),
        Case("a field", 431, "GET / HTTP/1.1\r\nHost: a\r\nX: \(text(32768))\r\n\r\n"),
        Case("a field without end", 431, "GET / HTTP/1.1\r\nHost: a\r\nX: \(text(2_000_000))"),
        Case("a field name without end", 431, "GET / HTTP/1.1\r\nHost: a\r\n\(text(2_000_000))"),
        Case(
            "many fields",
            431,
            "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: 1\r\n", count: 100) + "\r\n"
        ),
        Case(
            "many long fields",
            431,
            "GET / HTTP/1.1\r\nHost: a\r\n"
                + String(repeating: "X: \(text(1000))\r\n", count: 40) + "\r\n"
        ),
        Case(
            "a sized body",
            413,
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n\(text(1_048_577))"
        ),
        Case(
            "a size beyond all integers",
            413,
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n"
        ),
        Case(
            "a body that asks first",
            413,
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n"
                + "Expect: 100-continue\r\n\r\n"
        ),
        Case("a chunk", 413, "\(chunked)100001\r\n\(text(0x100001))\r\n0\r\n\r\n"),
        Case(
            "chunks",
            413,
            chunked + String(repeating: "1000\r\n\(text(4096))\r\n", count: 257) + "0\r\n\r\n"
        ),
        Case("a chunk size beyond all integers", 400, "\(chunked)fffffffffffffffff\r\n"),
        Case("a chunk size of leading zeros", 400, chunked + String(repeating: "0", count: 20_000)),
        Case("a chunk extension", 431, "\(chunked)1;\(text(8193))\r\nx\r\n0\r\n\r\n"),
        Case("a chunk extension without end", 431, "\(chunked)1;\(text(2_000_000))"),
        Case(
            "extensions of many chunks",
            431,
            chunked + String(repeating: "1;\(text(100))\r\nx\r\n", count: 100) + "0\r\n\r\n"
        ),
        Case("a trailer", 431, "\(chunked)0\r\nX: \(text(32768))\r\n\r\n"),
        Case(
            "trailers without end",
            431,
            "\(chunked)0\r\n" + String(repeating: "X: 1\r\n", count: 100_000)
        ),
    ]

    @Test("are refused, and what follows them is not read as a request", arguments: cases)
    func refused(_ example: Case) async throws {
        let log = RequestLog()
        try await withAttackedServer(handler: log.handler) { port in
            let client = try RawClient(port: port)
            // The answer may come, and the connection end, before all of it has been sent.
            try? client.send(example.bytes + "GET /second HTTP/1.1\r\nHost: a\r\n\r\n")
            client.shutDownWriting()
            let response = try client.readResponse()
            #expect(response.status == example.status)
            #expect(response.headers["Connection"] == "close")
            #expect(try client.readToEnd().isEmpty)
        }
        #expect(Set(log.paths).subtracting(["/first"]) == ["/after"])
    }
}
