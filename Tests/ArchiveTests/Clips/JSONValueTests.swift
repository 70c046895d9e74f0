import Testing

@testable import Archive

@Suite("JSON value")
struct JSONValueTests {
    @Test(
        "Is given back as it came",
        arguments: [
            "null", "true", "false", "0", "-1", "9223372036854775807", "-9223372036854775808",
            "0.5", "-12.25", "1e+300", #""""#, #""a \"b\" \\ c""#, #""ü 📦 \u0000""#,
            "[]", "{}", #"[1,"1",1.5,true,null,[],{}]"#,
            #"{"a":{"b":[{"c":null},[[1]]]},"z":"https://example.com/?a=b"}"#,
        ]
    )
    func roundTrip(_ text: String) throws {
        let value: JSONValue = try parse(text)
        #expect(try json(value) == text)
        #expect(try parse(try json(value)) == value)
    }

    @Test("Tells numbers, truth values and strings apart")
    func kinds() throws {
        let value: JSONValue = try parse(#"[1, 1.5, true, "1", null]"#)
        #expect(value == .array([.integer(1), .number(1.5), .bool(true), .string("1"), .null]))
    }

    @Test("Refuses what is not JSON", arguments: ["", "{", "nul", "{a:1}", "'a'", "NaN"])
    func malformed(_ text: String) {
        #expect(throws: (any Error).self) { try parse(text, as: JSONValue.self) }
    }

    @Test("Knows its size in bytes")
    func size() {
        #expect(JSONValue.object(["a": .string("ü")]).encodedSize == #"{"a":"ü"}"#.utf8.count)
        #expect(JSONValue.number(.infinity).encodedSize == .max)
    }
}
