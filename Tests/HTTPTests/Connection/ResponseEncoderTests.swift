import Testing

@testable import HTTP

@Suite("Response encoder (RFC 9112 §4–§7)")
struct ResponseEncoderTests {
    private let encoder = ResponseEncoder(
        version: .http11,
        dateField: Array("Date: now\r\n".utf8),
        serverField: []
    )

    private func framing(
        _ status: Status = .ok,
        length: Int?,
        method: Method? = .get,
        version: HTTPVersion = .http11
    ) -> ResponseFraming {
        ResponseFraming(
            status: status,
            bodyLength: length,
            method: method,
            version: version,
            keepsAlive: true
        )
    }

    @Test("A head is written out, and what only the server knows isn't taken from a handler")
    func head() {
        var output = ByteBuffer()
        encoder.encode(
            status: .ok,
            headers: ["Content-Length": "99", "transfer-encoding": "x", "X": "1", "Date": "then"],
            framing: framing(length: 3),
            into: &output
        )
        let expected = "HTTP/1.1 200 OK\r\nDate: now\r\nX: 1\r\nContent-Length: 3\r\n\r\n"
        let written = String(decoding: output.bytes, as: UTF8.self)
        #expect(written == expected)
    }

    @Test("Content is framed by status, method and version (RFC 9112 §6.3)")
    func framings() {
        #expect(framing(length: 3).content == .sized(3))
        #expect(framing(length: nil).content == .chunked)
        #expect(framing(length: 3, method: .head).content == .none(length: 3))
        #expect(framing(length: nil, method: .head).content == .none(length: nil))
        #expect(framing(.noContent, length: 0).content == .none(length: nil))
        #expect(framing(.notModified, length: 3).content == .none(length: nil))
        let old = framing(length: nil, version: .http10)
        #expect(old.content == .untilClose && !old.keepsAlive)
    }

    @Test("Chunks are written with their size, and no bytes make no chunk")
    func chunks() {
        var output = ByteBuffer()
        ResponseEncoder.encodeChunk([], into: &output)
        ResponseEncoder.encodeChunk(Array(repeating: 0x61, count: 17), into: &output)
        let written = String(decoding: output.bytes, as: UTF8.self)
        #expect(written == "11\r\naaaaaaaaaaaaaaaaa\r\n")
    }
}
