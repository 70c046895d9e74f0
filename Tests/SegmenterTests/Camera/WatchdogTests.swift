import Testing

@testable import Segmenter

@Suite("Watchdog")
struct WatchdogTests {
    private let start = ContinuousClock.now

    private func after(_ seconds: Int) -> ContinuousClock.Instant { start + .seconds(seconds) }

    @Test(
        "Calls a run stalled after 5 s and ends it after 10; one that has just begun gets a minute",
        arguments: [
            (4, true, Watchdog.Verdict.fine), (6, true, .stalled("no video for 5 s")),
            (11, true, .hopeless("no video for 10 s: starting it again")), (59, false, .fine),
            (61, false, .hopeless("nothing could be recorded for 60 s: starting it again")),
        ]
    )
    func silence(_ seconds: Int, _ hasGrown: Bool, _ expected: Watchdog.Verdict) {
        var watchdog = Watchdog(started: start - .seconds(hasGrown ? 60 : 0))
        if hasGrown { watchdog.feed(at: start) }
        let verdict = watchdog.verdict(at: after(seconds), usualInterval: .milliseconds(40))
        #expect(verdict == expected)
    }

    @Test("A camera that sends a frame only now and then is given five times its interval")
    func rare() {
        var watchdog = Watchdog(started: start)
        watchdog.feed(at: start)
        let interval = Duration.seconds(4)
        #expect(watchdog.verdict(at: after(19), usualInterval: interval) == .fine)
        let late = watchdog.verdict(at: after(21), usualInterval: interval)
        #expect(late == .hopeless("no video for 20 s: starting it again"))
    }

    @Test("A source that comes by whole segments is given three times the wait for one")
    func bursts() {
        var watchdog = Watchdog(started: start)
        watchdog.expectBursts()
        func verdict(_ seconds: Int) -> Watchdog.Verdict {
            watchdog.verdict(at: after(seconds), usualInterval: .milliseconds(40))
        }
        watchdog.feed(at: start)
        // How long its segments are is not known yet.
        #expect(verdict(29) == .fine)
        for second in [6, 12, 18] {
            watchdog.feed(at: after(second))
            watchdog.feed(at: after(second) + .milliseconds(100))
        }
        #expect(verdict(18 + 8) == .fine)
        #expect(verdict(18 + 10) == .stalled("no video for 9 s"))
        if case .hopeless = verdict(18 + 19) {} else { Issue.record("\(verdict(18 + 19))") }
    }
}
