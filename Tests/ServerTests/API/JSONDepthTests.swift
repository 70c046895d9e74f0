import HTTP
import Testing

@testable import Server

@Suite("JSON depth")
struct JSONDepthTests {
    @Test(
        "The deepest place counts, and brackets in strings don't",
        arguments: [
            ("", 0), ("1", 0), ("{}", 1), (#"{"a": [1, {"b": []}], "c": []}"#, 4),
            (#"["[[[["]"#, 1), (#"["\"[[", [2]]"#, 2), (#"["\\", [2]]"#, 2), ("]]]][", 0),
        ]
    )
    func depth(_ text: String, _ expected: Int) {
        #expect(JSONDepth.of(Array(text.utf8)) == expected)
    }

    @Test("A body that would keep the decoder busy for seconds is refused undecoded")
    func refused() async throws {
        func object(depth: Int) async throws(HTTPError) -> Bool {
            let text =
                #"{"a": "# + String(repeating: "[", count: depth - 1)
                + String(repeating: "]", count: depth - 1) + "}"
            let request = try Request(
                method: .post,
                target: "/",
                headers: ["Content-Type": "application/json"],
                body: RequestBody(Array(text.utf8))
            )
            return try await !JSONBody.object(of: request).isEmpty
        }
        #expect(try await object(depth: 32))
        let error = await #expect(throws: HTTPError.self) { try await object(depth: 33) }
        #expect(error?.status == .badRequest)
    }
}
