import Archive
import HTTP
import Segmenter
import Testing

@testable import Server

@Suite("The query of the list")
struct ListRequestTests {
    private func read(_ query: String) throws -> ListRequest {
        try ListRequest(Request(method: .get, target: "/api/videos" + query))
    }

    @Test("Without a query every clip is asked for, a hundred at a time")
    func standard() throws {
        let wanted = try read("")
        #expect(wanted.query == ClipQuery() && wanted.cursor == nil && wanted.limit == 100)
    }

    @Test("Every filter is read")
    func filters() throws {
        let wanted = try read(
            "?camera=yard&status=ready&label=gate+3&incident=x&locked=true&limit=7"
                + "&from=2026-11-22T00:00:00Z&to=2026-11-23T00:00:00.5Z&q=a%20b&cursor=42"
        )
        let expected = ClipQuery(
            camera: "yard",
            status: .ready,
            label: "gate 3",
            incident: "x",
            locked: true,
            from: Timestamp(iso8601: "2026-11-22T00:00:00Z"),
            to: Timestamp(iso8601: "2026-11-23T00:00:00.500Z"),
            text: "a b"
        )
        #expect(wanted.query == expected)
        #expect(wanted.cursor?.text == "42" && wanted.limit == 7)
    }

    @Test("The next page's address repeats the filters, and reads as they did")
    func next() throws {
        let wanted = try read("?limit=5&q=50%25+%26+%22m%C3%BCll%22&camera=a-b_c&cursor=9")
        let target = try wanted.target(of: #require(ClipCursor(text: "4")))
        #expect(
            target
                == "/api/videos?limit=5&camera=a-b_c&q=50%25%20%26%20%22m%C3%BCll%22&cursor=4"
        )
        let again = try ListRequest(Request(method: .get, target: target))
        #expect(again.query == wanted.query && again.limit == 5 && again.cursor?.text == "4")
    }

    @Test(
        "A faulty one is refused by its name",
        arguments: [
            ("status=done", "recording, processing, ready or failed"),
            ("locked=1", "true or false"),
            ("from=yesterday", "from must be an ISO 8601"), ("to=1", "to must be"),
            ("from=2026-11-22T00:00:00Z&to=2026-11-22T00:00:00Z", "from must be before to"),
            ("cursor=1.x", "Link"), ("limit=0", "limit"), ("colour=red", "colour"),
            ("q=" + String(repeating: "a", count: 201), "q must be at most 200"),
        ]
    )
    func refused(query: String, says: String) throws {
        let error = #expect(throws: HTTPError.self) { try read("?" + query) }
        #expect(error?.status == .badRequest)
        #expect(error?.detail.contains(says) == true, "\(error?.detail ?? "")")
    }
}
