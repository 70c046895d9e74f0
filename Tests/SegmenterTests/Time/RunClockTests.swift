import Testing

@testable import Segmenter

@Suite("Run clock")
struct RunClockTests {
    private let birth = Timestamp(microseconds: 1_700_000_000_000_000)
    private let frame = Duration.milliseconds(40)

    /// A clock that has seen two-second segments, each closed this much later than it honestly would.
    private func clock(delays: [Duration], drift: Double = 0) -> RunClock {
        var clock = RunClock()
        for (number, delay) in delays.enumerated() {
            let end = Duration.seconds(2 * (number + 1))
            clock.observe(
                mediaEnd: end,
                closed: birth + end * (1 + drift) + frame + delay,
                frameInterval: frame
            )
        }
        return clock
    }

    @Test("Knows nothing before the first segment")
    func empty() {
        #expect(RunClock().wallTime(of: .zero) == nil)
    }

    @Test("One punctual segment places the whole run")
    func punctual() {
        let clock = clock(delays: [.zero])
        #expect(clock.wallTime(of: .zero) == birth)
        #expect(clock.wallTime(of: .seconds(7)) == birth + .seconds(7))
    }

    @Test("A late first segment is forgotten as soon as a punctual one comes")
    func lateStart() {
        let late = clock(delays: [.milliseconds(1123)])
        #expect(late.wallTime(of: .zero) == birth + .milliseconds(1123))
        let mended = clock(delays: [.milliseconds(1123), .zero])
        #expect(mended.wallTime(of: .zero) == birth)
    }

    @Test("Delay of any kind never moves it later than the most punctual segment")
    func jitter() {
        var generator = SplitMix64(seed: 7)
        let delays = (0..<50).map { _ in
            Duration.microseconds(.random(in: 0...400_000, using: &generator))
        }
        let clock = clock(delays: delays)
        #expect(clock.wallTime(of: .zero) == birth + delays.min()!)
    }

    @Test("Follows a camera clock that drifts, either way", arguments: [50e-6, -50e-6])
    func drift(_ drift: Double) throws {
        // A day of two-second segments would be the same: only the last two minutes count.
        let count = 2000
        let clock = clock(delays: Array(repeating: .zero, count: count), drift: drift)
        let end = Duration.seconds(2 * count)
        let error = try #require(clock.wallTime(of: end)) - (birth + end * (1 + drift))
        #expect(abs(error.seconds) < 0.0061)
    }

    @Test("Forgets a difference after sixty segments")
    func memory() {
        let later = Duration.milliseconds(5)
        let kept = clock(delays: [.zero] + Array(repeating: later, count: 59))
        #expect(kept.wallTime(of: .zero) == birth)
        let forgotten = clock(delays: [.zero] + Array(repeating: later, count: 60))
        #expect(forgotten.wallTime(of: .zero) == birth + later)
    }

    @Test("Works for media times far from zero")
    func farMediaTimes() {
        var clock = RunClock()
        let end = Duration.seconds(95_443_717) + .microseconds(688_889)
        clock.observe(mediaEnd: end, closed: birth + frame, frameInterval: frame)
        #expect(clock.wallTime(of: end) == birth)
        #expect(clock.wallTime(of: end - .seconds(2)) == birth - .seconds(2))
    }
}
