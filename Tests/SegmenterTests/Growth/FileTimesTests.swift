import Testing

@testable import Segmenter

@Suite("File times")
struct FileTimesTests {
    private static let start = Timestamp(microseconds: 1_700_000_000_000_000)
    private let birth = start.steadyTime(shift: .zero)
    private let source = SetClock(startingAt: start)

    /// Has a file change a number of times, a second apart, and gives how much later than in truth each change
    /// was dated; looks lie 30 ms apart.
    ///
    /// - Parameter stated: what the file system says of a moment.
    private func errors(
        _ count: Int,
        _ times: inout FileTimes,
        stated: (Timestamp) -> Timestamp
    ) -> [Duration] {
        let clock = source.clock
        return (0..<count).map { _ in
            source.pass(.milliseconds(970))
            let before = clock.now
            source.pass(.milliseconds(10))
            let (change, truth) = (stated(source.wall), clock.now)
            source.pass(.milliseconds(20))
            return times.moment(
                ofChange: change.steadyTime(shift: clock.difference),
                between: before,
                and: clock.now
            ) - truth
        }
    }

    @Test("The kernel's own moments are trusted once they have proved good, to its tick")
    func own() {
        var times = FileTimes()
        let errors = errors(40, &times) { $0 - .milliseconds(4) }
        #expect(errors[0] == .milliseconds(20))
        #expect(errors[10...].allSatisfy { $0 == .milliseconds(-4) })
        #expect(times.areTrusted && !times.areForeign)
    }

    @Test("Moments of another clock, or in steps of seconds, are noticed and never used")
    func foreign() {
        let kinds: [(Timestamp) -> Timestamp] = [
            { $0 + .seconds(7) }, { $0 - .seconds(7) }, { $0 - .milliseconds(300) },
            { Timestamp(microseconds: $0.microseconds / 2_000_000 * 2_000_000) },
        ]
        for kind in kinds {
            var times = FileTimes()
            let errors = errors(40, &times, stated: kind)
            #expect(errors.allSatisfy { $0 == .milliseconds(20) })
            #expect(times.areForeign && !times.areTrusted)
        }
    }

    @Test("Some that are impossible lose no trust, many do")
    func some() {
        var times = FileTimes()
        _ = errors(20, &times) { $0 }
        _ = errors(1, &times) { $0 - .seconds(7) }
        #expect(times.areTrusted)
        _ = errors(8, &times) { $0 - .seconds(7) }
        #expect(!times.areTrusted)
    }

    @Test(
        "It holds although the clock is set between a change and the look at it",
        arguments: [3600, -3600, 0.5, -0.5, 0.15, -0.15]
    )
    func step(_ step: Double) {
        var times = FileTimes()
        let clock = source.clock
        _ = errors(20, &times) { $0 }
        let before = clock.now
        source.pass(.milliseconds(10))
        let (change, truth) = (source.wall, clock.now)
        source.set(by: .seconds(step))
        source.pass(.milliseconds(20))
        let known = times.moment(
            ofChange: change.steadyTime(shift: clock.difference),
            between: before,
            and: clock.now
        )
        // Where it cannot be known it seems later, never earlier, and never still to come.
        #expect(known >= truth && known <= clock.now)
        // And so does the next one's.
        #expect(errors(1, &times) { $0 } == [.zero])
    }
}
