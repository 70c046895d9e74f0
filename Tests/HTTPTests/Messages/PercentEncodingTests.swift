import Testing

@testable import HTTP

@Suite("Percent-encoding (RFC 3986 §2)")
struct PercentEncodingTests {
    @Test(
        "Decodes a path exactly once",
        arguments: [
            ("/plain", "/plain"), ("/a%20b", "/a b"), ("/%61%62", "/ab"), ("/%C3%A9", "/é"),
            ("/%c3%a9", "/é"), ("/%2541", "/%41"), ("/%2e%2E", "/.."), ("/a+b", "/a+b"), ("", ""),
        ]
    )
    func paths(_ encoded: String, _ decoded: String) {
        #expect(PercentEncoding.decodePath(encoded.utf8) == decoded)
    }

    @Test(
        "Refuses malformed escapes, bad UTF-8 and control characters in a path",
        arguments: [
            "%", "%2", "%zz", "%-1", "%+1", "% 20", "%ff", "%c3", "%c0%af", "%ed%a0%80", "%00",
            "%0a", "%7f", "a%00b",
        ]
    )
    func malformed(_ encoded: String) {
        #expect(PercentEncoding.decodePath(encoded.utf8) == nil)
    }

    @Test("A plus is a space in a form field, and NUL is refused there too")
    func formFields() {
        #expect(PercentEncoding.decodeFormField("a+b%2Bc%0A".utf8) == "a b+c\n")
        #expect(PercentEncoding.decodeFormField("a%00".utf8) == nil)
    }
}
