import Archive
import HTTP
import Testing

@testable import Server

@Suite("Idempotency-Key")
struct IdempotencyKeyTests {
    private func key(
        _ fields: [String],
        _ body: [String: JSONValue] = [:]
    ) throws -> IdempotencyKey? {
        var headers: HeaderFields = [:]
        for field in fields { headers.append("Idempotency-Key", field) }
        return try IdempotencyKey(headers, body: body)
    }

    @Test(
        "Is any printable text of 1 to 255 characters",
        arguments: ["a", "\"quoted\"", "a b ~", String(repeating: "x", count: 255)]
    )
    func valid(_ text: String) throws {
        #expect(try key([text])?.text == text)
    }

    @Test(
        "Is refused by its name otherwise",
        arguments: [
            [""], ["ä"], ["a\tb"], ["a", "b"], [String(repeating: "x", count: 256)],
        ]
    )
    func invalid(_ fields: [String]) {
        let error = #expect(throws: HTTPError.self) { try key(fields) }
        #expect(error?.status == .badRequest)
        #expect(error?.detail.contains("Idempotency-Key") == true)
    }

    @Test("The order of a body's fields means nothing, their values do")
    func bodies() throws {
        let one: [String: JSONValue] = [
            "before": .integer(3), "metadata": .object(["b": .null, "a": .array([.bool(true)])]),
        ]
        #expect(
            try key(["k"], one)?.body == #"{"before":3,"metadata":{"a":[true],"b":null}}"#
        )
        #expect(try key(["k"])?.body == "{}")
        #expect(try key([]) == nil)
    }
}
