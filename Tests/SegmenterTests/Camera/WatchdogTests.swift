import Testing

@testable import Segmenter

@Suite("Watchdog")
struct WatchdogTests {
    private let start = ContinuousClock.now

    @Test(
        "Calls a run stalled after 5 s and ends it after 10; one that has just begun gets 20",
        arguments: [
            (4, true, Watchdog.Verdict.fine), (6, true, .stalled("no video for 5 s")),
            (11, true, .hopeless("no video for 10 s: starting it again")), (19, false, .fine),
            (21, false, .hopeless("no video for 20 s: starting it again")),
        ]
    )
    func silence(_ seconds: Int, _ hasParts: Bool, _ expected: Watchdog.Verdict) {
        var watchdog = Watchdog(started: start - .seconds(hasParts ? 60 : 0))
        if hasParts { watchdog.feed(at: start) }
        let now = start + .seconds(seconds)
        #expect(watchdog.verdict(at: now, usualInterval: .milliseconds(40)) == expected)
    }

    @Test("A camera that sends a frame only now and then is given five times its interval")
    func rare() {
        var watchdog = Watchdog(started: start)
        watchdog.feed(at: start)
        let interval = Duration.seconds(4)
        let fine = watchdog.verdict(at: start + .seconds(19), usualInterval: interval)
        #expect(fine == .fine)
        let late = watchdog.verdict(at: start + .seconds(21), usualInterval: interval)
        #expect(late == .hopeless("no video for 20 s: starting it again"))
    }
}
