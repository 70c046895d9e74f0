import Testing

@testable import Archive
@testable import Segmenter

@Suite("What a trigger does beside clips that are being recorded")
struct OverlapTests {
    /// Seconds of some minute.
    private static func window(_ seconds: ClosedRange<Int>) -> ClipWindow {
        ClipWindow(
            start: .event + .seconds(seconds.lowerBound),
            end: .event + .seconds(seconds.upperBound)
        )
    }

    private func verdict(
        _ overlap: Overlap,
        _ window: ClosedRange<Int>,
        beside running: [(String, ClosedRange<Int>)]
    ) -> Overlap.Verdict {
        overlap.verdict(
            on: Self.window(window),
            beside: running.map { Overlap.Running(id: $0, window: Self.window($1)) },
            longest: .seconds(40)
        )
    }

    @Test("Where nothing is recorded each makes a clip of its own", arguments: Overlap.allCases)
    func alone(_ overlap: Overlap) {
        #expect(verdict(overlap, 0...30, beside: []) == .separate)
    }

    @Test("Separate never looks at other clips, reject at nothing but whether there is one")
    func blind() {
        #expect(verdict(.separate, 5...20, beside: [("a", 0...30)]) == .separate)
        #expect(verdict(.reject, 5...20, beside: [("a", 0...30)]) == .reject(id: "a"))
        #expect(verdict(.reject, 40...50, beside: [("a", 0...30)]) == .reject(id: "a"))
    }

    @Test(
        "Extend lengthens a clip at its end only, and no further than a clip may last",
        arguments: [
            (5...40, Overlap.Verdict.extend(id: "a")), (0...40, .extend(id: "a")),
            (0...41, .separate), (5...41, .separate), (-1...35, .separate),
            (35...40, .extend(id: "a")), (35...41, .separate), (3...20, .extend(id: "a")),
        ]
    )
    func extend(_ window: ClosedRange<Int>, expected: Overlap.Verdict) {
        #expect(verdict(.extend, window, beside: [("a", 0...30)]) == expected)
    }

    @Test("What lies within a clip that is too long already makes it no longer")
    func within() {
        #expect(verdict(.extend, 5...50, beside: [("a", 0...50)]) == .extend(id: "a"))
    }

    @Test("Of several clips that with the latest end counts, of equals the later one")
    func latest() {
        let running = [("a", 0...30), ("b", 10...35), ("c", 12...35), ("d", 20...25)]
        #expect(verdict(.extend, 12...40, beside: running) == .extend(id: "c"))
        #expect(verdict(.extend, 11...40, beside: running) == .separate)
        #expect(verdict(.reject, 0...1, beside: running) == .reject(id: "c"))
    }
}
