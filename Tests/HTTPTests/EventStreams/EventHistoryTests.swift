import Testing

@testable import HTTP

@Suite("Event history")
struct EventHistoryTests {
    private func history(of count: Int, limit: Int = 4) -> EventHistory {
        var history = EventHistory(limit: limit, life: 0xAB)
        for number in 0..<count { history.append(ServerSentEvent("\(number)")) }
        return history
    }

    @Test(
        "An id whose successors are all here is a position",
        arguments: [("ab-9", 9), ("ab-6", 6), ("ab-5", 5)]
    )
    func position(_ id: String, _ position: Int) {
        #expect(history(of: 9).position(of: id) == position)
    }

    @Test(
        "One too old, of another life, not yet given, or malformed is none",
        arguments: [
            "ab-4", "ab-0", "ac-9", "ab-10", "ab--1", "ab", "9", "", "-", "ab-9-", "ab-9 ",
            "ab-99999999999999999999",
        ]
    )
    func noPosition(_ id: String) {
        #expect(history(of: 9).position(of: id) == nil)
    }

    @Test("A new life's first id is a position too")
    func beginning() {
        let history = history(of: 0)
        #expect(history.id == "ab-0")
        #expect(history.position(of: "ab-0") == 0)
        #expect(history.events(after: 0, limit: 100).bytes.isEmpty)
    }

    @Test("Events come together as far as they fit, and at least one")
    func batches() {
        let history = history(of: 9)
        let one = Array("id: ab-6\ndata: 5\n\n".utf8)
        let two = one + Array("id: ab-7\ndata: 6\n\n".utf8)
        #expect(history.events(after: 5, limit: 0) == (one, 6))
        #expect(history.events(after: 5, limit: two.count) == (two, 7))
        #expect(history.events(after: 5, limit: 1000).last == 9)
        #expect(history.events(after: 9, limit: 1000) == ([], 9))
    }
}
