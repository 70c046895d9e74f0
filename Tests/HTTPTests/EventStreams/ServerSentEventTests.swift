import Testing

@testable import HTTP

@Suite("Server-sent event")
struct ServerSentEventTests {
    @Test(
        "Every line of the data gets a field of its own (WHATWG HTML §9.2.6)",
        arguments: [
            ("one", "data: one\n"),
            ("one\ntwo", "data: one\ndata: two\n"),
            ("one\r\ntwo\rthree", "data: one\ndata: two\ndata: three\n"),
            ("one\n\ntwo", "data: one\ndata: \ndata: two\n"),
            ("one\n", "data: one\ndata: \n"),
            ("\r\n\r\n", "data: \ndata: \ndata: \n"),
            ("", "data: \n"),
            ("ünï", "data: ünï\n"),
        ]
    )
    func data(_ text: String, _ lines: String) {
        let bytes = ServerSentEvent(text).encoded(id: "7")
        #expect(String(decoding: bytes, as: UTF8.self) == "id: 7\n\(lines)\n")
    }

    @Test(
        "No value ends its line",
        arguments: ["a\ndata: b", "a\rdata: b", "a\r\n\r\nevent: b", "a\u{0}b"]
    )
    func injection(_ value: String) {
        let bytes = ServerSentEvent(type: value, "x").encoded(id: value)
        let lines = String(decoding: bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 5)
        #expect(lines[0].hasPrefix("event: a ") && lines[1].hasPrefix("id: a "))
        #expect(lines[2...] == ["data: x", "", ""])
        #expect(!bytes.contains(0) && !bytes.contains(ASCII.cr))
    }

    @Test("A stream's opening sets the time to connect again and the id, but is no event")
    func opening() {
        let bytes = ServerSentEvent.opening(retry: .milliseconds(1500), id: "a-1")
        #expect(String(decoding: bytes, as: UTF8.self) == "retry: 1500\nid: a-1\n\n")
    }
}
