import TestSupport
import Testing

@testable import Segmenter

@Suite("Run clock")
struct RunClockTests {
    private let birth = SteadyTime(microseconds: 1_700_000_000_000_000)

    /// A clock that has seen a frame in every second, each this much late.
    private func clock(
        delays: [Duration],
        latency: Duration = .zero,
        isLive: Bool = true
    ) -> RunClock {
        var clock = RunClock(latency: latency, isLive: isLive)
        for (number, delay) in delays.enumerated() {
            let media = Duration.seconds(number + 1)
            clock.observe(media: media, arrived: birth + media + delay)
        }
        return clock
    }

    @Test("Knows nothing before the first frame")
    func empty() {
        #expect(RunClock().steadyTime(of: .zero) == nil)
        #expect(RunClock().figures == nil)
    }

    @Test("One punctual frame places the whole run")
    func punctual() {
        let clock = clock(delays: [.zero])
        #expect(clock.steadyTime(of: .zero) == birth)
        #expect(clock.steadyTime(of: .seconds(7)) == birth + .seconds(7))
    }

    @Test("Before it is settled it takes back what it said too late")
    func settling() {
        let late = clock(delays: [.milliseconds(1123)])
        #expect(late.steadyTime(of: .zero) == birth + .milliseconds(1123))
        #expect(!late.isSettled)
        let mended = clock(delays: [.milliseconds(1123), .milliseconds(123)])
        #expect(mended.steadyTime(of: .zero) == birth + .milliseconds(123))
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
            clock.observe(media: part * number, arrived: birth + moment)
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
            #expect(clock.steadyTime(of: media) == birth + media)
        }
    }

    @Test("What came before it settled lies on the line that it settled on")
    func settledLine() {
        let delays = [300, 300, 200, 0, 0].map { Duration.milliseconds($0) }
        #expect(!clock(delays: delays.dropLast()).isSettled)
        let clock = clock(delays: delays)
        #expect(clock.isSettled)
        for media in 0...5 {
            #expect(clock.steadyTime(of: .seconds(media)) == birth + .seconds(media))
        }
    }

    @Test(
        "What comes earlier than the clock would have it is dated at its arrival, and so is what follows"
    )
    func earlier() {
        let delays = Array(repeating: Duration.milliseconds(300), count: 3) + [.zero, .zero]
        let moments = (3...5).map { count in
            clock(delays: Array(delays.prefix(count))).steadyTime(of: .seconds(count))
        }
        #expect(moments[0] == birth + .seconds(3) + .milliseconds(300))
        #expect(moments[1] == birth + .seconds(4))
        #expect(moments[2] == birth + .seconds(5))
    }

    @Test("Between two frames it goes in a straight line, so that none overlaps the one before")
    func interpolates() {
        let late = Duration.milliseconds(300)
        let clock = clock(delays: [late, late, late, .zero])
        #expect(clock.steadyTime(of: .seconds(3)) == birth + .milliseconds(3300))
        #expect(clock.steadyTime(of: .milliseconds(3500)) == birth + .milliseconds(3650))
        #expect(clock.steadyTime(of: .seconds(4)) == birth + .seconds(4))
    }

    @Test("What the camera itself takes is subtracted")
    func latency() {
        let clock = clock(delays: [.zero, .zero], latency: .milliseconds(250))
        #expect(clock.steadyTime(of: .seconds(2)) == birth + .milliseconds(1750))
    }

    private let onTime = Array(repeating: Duration.zero, count: 10)

    @Test(
        "What is late by half a second or more has waited: it is dated when it was taken, and told"
    )
    func lag() {
        let late = clock(delays: onTime + [.seconds(1), .seconds(3)])
        #expect(late.lag == .seconds(3))
        #expect(late.steadyTime(of: .seconds(12)) == birth + .seconds(12))
        // It may also be that the camera's clock was set back.
        #expect(late.accuracy >= .seconds(1))
        let mended = clock(delays: onTime + [.seconds(1), .seconds(3), .seconds(2), .zero])
        #expect(mended.lag == .zero)
        #expect(mended.steadyTime(of: .seconds(14)) == birth + .seconds(14))
    }

    @Test("Where ffmpeg sets the pace what is late was made late")
    func paced() {
        let delays = onTime + Array(repeating: Duration.seconds(3), count: 60)
        let clock = clock(delays: delays, isLive: false)
        #expect(clock.lag == .zero)
        #expect(clock.steadyTime(of: .seconds(70)) == birth + .seconds(73))
    }

    @Test("What had waited from the beginning is dated ever better, and never after its arrival")
    func emptying() {
        // A second's frames come in a tenth of a second, until none waits any more.
        let queue = (0..<30).map { Duration.milliseconds(max(0, 3000 - $0 * 900)) }
        let delays = Array(repeating: Duration.seconds(3), count: 10) + queue
        var moments: [SteadyTime] = []
        for count in 3...delays.count {
            let media = Duration.seconds(count)
            let clock = clock(delays: Array(delays.prefix(count)))
            guard let moment = clock.steadyTime(of: media) else { continue }
            #expect(moment <= birth + media + delays[count - 1])
            moments.append(moment)
        }
        #expect(moments == moments.sorted())
        #expect(moments.last == birth + .seconds(delays.count))
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
        clock.observe(media: end, arrived: birth)
        #expect(clock.steadyTime(of: end) == birth)
        #expect(clock.steadyTime(of: end - .seconds(2)) == birth - .seconds(2))
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
            clock.observe(media: any(), arrived: birth + any())
            _ = clock.accuracy
            _ = clock.steadyTime(of: any())
        }
        #expect(clock.steadyTime(of: .zero) != nil)
    }
}
