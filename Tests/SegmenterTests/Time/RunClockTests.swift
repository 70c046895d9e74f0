import TestSupport
import Testing

@testable import Segmenter

@Suite("Run clock")
struct RunClockTests {
    private let birth = Timestamp(microseconds: 1_700_000_000_000_000)
    private let frame = Duration.milliseconds(40)

    /// A clock that has seen one-second parts, each closed this much later than it honestly would.
    private func clock(delays: [Duration], latency: Duration = .zero) -> RunClock {
        var clock = RunClock(latency: latency)
        for (number, delay) in delays.enumerated() {
            let end = Duration.seconds(number + 1)
            clock.observe(
                mediaEnd: end,
                closed: birth + end + frame + delay,
                frameInterval: frame
            )
        }
        return clock
    }

    @Test("Knows nothing before the first part")
    func empty() {
        #expect(RunClock().wallTime(of: .zero) == nil)
        #expect(RunClock().figures == nil)
    }

    @Test("One punctual part places the whole run")
    func punctual() {
        let clock = clock(delays: [.zero])
        #expect(clock.wallTime(of: .zero) == birth)
        #expect(clock.wallTime(of: .seconds(7)) == birth + .seconds(7))
    }

    @Test("Before it is settled it takes back what it said too late")
    func settling() {
        let late = clock(delays: [.milliseconds(1123)])
        #expect(late.wallTime(of: .zero) == birth + .milliseconds(1123))
        #expect(!late.isSettled)
        let mended = clock(delays: [.milliseconds(1123), .milliseconds(123)])
        #expect(mended.wallTime(of: .zero) == birth + .milliseconds(123))
        #expect(!mended.isSettled)
        let delays = [Duration.milliseconds(1123), .milliseconds(123), .zero, .zero, .zero]
        #expect(clock(delays: delays).isSettled)
    }

    @Test(
        "A stall at the beginning is waited out, however much was held up and what came before it",
        arguments: [0, 1, 3],
        [Duration.zero, .milliseconds(900)]
    )
    func stalledBeginning(_ before: Int, _ probing: Duration) {
        let part = Duration.milliseconds(200)
        var clock = RunClock()
        var number = 0
        func take(at moment: Duration) {
            number += 1
            clock.observe(
                mediaEnd: part * number,
                closed: birth + moment + frame,
                frameInterval: frame
            )
        }
        // What ffmpeg held back while it probed is late, and so is all that waits for it to go on.
        for _ in 0..<before { take(at: max(part * (number + 1), probing)) }
        for _ in before..<40 {
            take(at: .seconds(8))
            #expect(!clock.isSettled)
        }
        while !clock.isSettled { take(at: part * (number + 1)) }
        #expect(number <= 47)
        for media in [Duration.zero, .seconds(4), .seconds(8)] {
            #expect(clock.wallTime(of: media) == birth + media)
        }
    }

    @Test("What came before it settled lies on the line that it settled on")
    func settledLine() {
        let delays = [300, 300, 200, 0].map { Duration.milliseconds($0) }
        #expect(!clock(delays: delays.dropLast()).isSettled)
        let clock = clock(delays: delays)
        #expect(clock.isSettled)
        for media in 0...4 {
            #expect(clock.wallTime(of: .seconds(media)) == birth + .seconds(media))
        }
    }

    @Test("Later it nears the truth by a tenth of the time that passes")
    func slewing() {
        let delays = Array(repeating: Duration.milliseconds(300), count: 3) + [.zero, .zero]
        let moments = (3...5).map { count in
            clock(delays: Array(delays.prefix(count))).wallTime(of: .seconds(count))
        }
        #expect(moments[0] == birth + .seconds(3) + .milliseconds(300))
        #expect(moments[1] == birth + .seconds(4) + .milliseconds(200))
        #expect(moments[2] == birth + .seconds(5) + .milliseconds(100))
    }

    @Test("Between two parts it goes in a straight line, so that none overlaps the one before")
    func interpolates() {
        let late = Duration.milliseconds(300)
        let clock = clock(delays: [late, late, late, .zero])
        #expect(clock.wallTime(of: .seconds(3)) == birth + .milliseconds(3300))
        #expect(clock.wallTime(of: .milliseconds(3500)) == birth + .milliseconds(3750))
        #expect(clock.wallTime(of: .seconds(4)) == birth + .milliseconds(4200))
    }

    @Test("What the camera itself takes is subtracted")
    func latency() {
        let clock = clock(delays: [.zero, .zero], latency: .milliseconds(250))
        #expect(clock.wallTime(of: .seconds(2)) == birth + .milliseconds(1750))
    }

    @Test("A drift is told once it is known, an offset once it is settled")
    func figures() throws {
        let minute = Array(repeating: Duration.zero, count: 62)
        #expect(clock(delays: Array(minute.prefix(1))).figures == nil)
        #expect(clock(delays: Array(minute.prefix(3))).figures?.offset == 0)
        let before = try #require(clock(delays: Array(minute.prefix(60))).figures)
        #expect(before.drift == nil)
        #expect(abs(try #require(clock(delays: minute).figures?.drift)) < 0.001)
    }

    @Test("A drift that delay hides is not told")
    func hiddenDrift() throws {
        var generator = SplitMix64(seed: 3)
        let delays = (0..<300).map { _ in
            Duration.microseconds(.random(in: 0...900_000, using: &generator))
        }
        let figures = try #require(clock(delays: delays).figures)
        #expect(figures.drift == nil)
    }

    @Test("Works for media times far from zero")
    func farMediaTimes() {
        var clock = RunClock()
        let end = Duration.seconds(95_443_717) + .microseconds(688_889)
        clock.observe(mediaEnd: end, closed: birth + frame, frameInterval: frame)
        #expect(clock.wallTime(of: end) == birth)
        #expect(clock.wallTime(of: end - .seconds(2)) == birth - .seconds(2))
    }

    @Test("Takes any times, in any order, without a trap")
    func anything() {
        var generator = SplitMix64(seed: 4)
        var clock = RunClock()
        for _ in 0..<2000 {
            let range: Int64 = [1, 1000, 1_000_000, 2_000_000_000_000_000].randomElement(
                using: &generator
            )!
            func any() -> Duration {
                .microseconds(Int64.random(in: -range...range, using: &generator))
            }
            clock.observe(mediaEnd: any(), closed: birth + any(), frameInterval: any())
            _ = clock.wallTime(of: any())
        }
        #expect(clock.wallTime(of: .zero) != nil)
    }
}
