import Testing

@testable import HTTP

@Suite("Header fields (RFC 9110 §5)")
struct HeaderFieldsTests {
    @Test("Names match without regard to case, order and repeats are kept")
    func lookup() {
        let headers: HeaderFields = ["Accept": "a", "X": "1", "accept": "b"]
        #expect(headers["ACCEPT"] == "a")
        #expect(headers.values(of: "accept") == ["a", "b"])
        #expect(headers.combined("Accept") == "a, b")
        #expect(headers["Accept2"] == nil)
        #expect(headers.map(\.name) == ["Accept", "X", "accept"])
        #expect(headers.count == 3)
    }

    @Test("Characters that differ by one bit are not taken for letters")
    func caseFolding() {
        let headers: HeaderFields = ["X^": "1"]
        #expect(headers["x^"] == "1")
        #expect(headers["X~"] == nil)
    }

    @Test("Setting replaces every field of the name, nil removes them")
    func setting() {
        var headers: HeaderFields = ["A": "1", "B": "2", "a": "3"]
        headers["A"] = "4"
        #expect(headers.values(of: "A") == ["4"])
        headers["B"] = nil
        #expect(headers.map(\.name) == ["A"])
    }

    @Test("A value can't end its line (§5.5)")
    func injection() {
        var headers = HeaderFields()
        headers["Location"] = "/a\r\nSet-Cookie: b\0"
        var output = ByteBuffer()
        headers.write(to: &output)
        let written = String(decoding: output.bytes, as: UTF8.self)
        #expect(written == "Location: /a  Set-Cookie: b \r\n")
    }

    @Test("Finds tokens in lists over several lines")
    func tokens() {
        let headers: HeaderFields = ["Connection": "keep-alive , Close", "connection": "upgrade"]
        #expect(headers.hasToken("close", in: "Connection"))
        #expect(headers.hasToken("CLOSE", in: "connection"))
        #expect(headers.hasToken("upgrade", in: "Connection"))
        #expect(!headers.hasToken("clos", in: "Connection"))
    }

    @Test("Missing fields are added, those there already keep their values")
    func missing() {
        var headers: HeaderFields = ["Content-Type": "a", "X": "1"]
        headers.addMissing(["content-type": "b", "Y": "2", "y": "3"])
        #expect(headers.map(\.name) == ["Content-Type", "X", "Y", "y"])
        #expect(headers["Y"] == "2")
    }
}
