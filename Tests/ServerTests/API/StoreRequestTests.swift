import Archive
import Foundation
import HTTP
import Segmenter
import Testing

@testable import Server

@Suite("The body of a trigger")
struct StoreRequestTests {
    private static let now = Timestamp(iso8601: "2026-11-22T12:00:00.000Z")!

    private func request(_ json: String) throws -> StoreRequest {
        let body = try JSONDecoder().decode([String: JSONValue].self, from: Data(json.utf8))
        return try StoreRequest(body, longestBefore: 60, now: Self.now)
    }

    @Test("Without a body every default holds")
    func standard() throws {
        let request = try request("{}")
        #expect(request.cameras == .only && request.before == nil && request.at == nil)
        #expect(request.after == .seconds(30) && request.overlap == .separate)
    }

    @Test("Every field is read")
    func fields() throws {
        let request = try request(
            #"""
            {"camera": "door", "before": 12.5, "after": 0, "at": "2026-11-22T13:00:30+01:00",
             "label": "Tür", "note": "a\nb", "metadata": {"lap": 3}, "overlap": "extend"}
            """#
        )
        #expect(request.cameras == .one("door"))
        #expect(request.before == .milliseconds(12_500) && request.after == .zero)
        #expect(request.at == Self.now + .seconds(30))
        #expect(request.label == "Tür" && request.note == "a\nb")
        #expect(request.metadata == .object(["lap": .integer(3)]))
        #expect(request.overlap == .extend)
        #expect(request.overlap == .extend)
    }

    @Test(
        "Cameras are one, several or all",
        arguments: [
            (#""all""#, StoreRequest.Cameras.all), (#""a""#, .one("a")),
            (#"["a", "b", "a"]"#, .several(["a", "b"])), ("null", .only),
        ]
    )
    func cameras(value: String, expected: StoreRequest.Cameras) throws {
        #expect(try request("{\"camera\": \(value)}").cameras == expected)
    }

    private static func text(_ length: Int) -> String {
        "\"" + String(repeating: "x", count: length) + "\""
    }

    @Test(
        "What cannot be meant is refused by its name",
        arguments: [
            ("camera", "1", 400), ("camera", "[]", 400), ("camera", #"["a", 1]"#, 400),
            ("before", #""x""#, 400), ("before", "-1", 422), ("before", "60.5", 422),
            ("before", "true", 400), ("after", "3601", 422), ("after", "[]", 400),
            ("at", "1", 400), ("at", #""noon""#, 400), ("at", #""2026-11-22T12:01:01Z""#, 422),
            ("label", "1", 400), ("label", text(101), 422), ("note", text(4001), 422),
            ("metadata", "[]", 400), ("metadata", #""x""#, 400),
            ("metadata", "{\"x\": \(text(16 << 10))}", 422),
            ("overlap", #""sideways""#, 422), ("overlap", "true", 400), ("overlap", "true", 400),
            ("befor", "1", 400),
        ]
    )
    func refuses(field: String, value: String, status: Int) {
        let error = #expect(throws: HTTPError.self) { try request("{\"\(field)\": \(value)}") }
        #expect(error?.status.code == status)
        #expect(error?.detail.contains(field) == true)
    }
}
