import Testing

@testable import Segmenter

/// What docs/time.md says of the run clock's errors.
@Suite("Run clock, simulated")
struct RunClockSimulationTests {
    private static func run(
        _ name: String,
        _ interval: Double,
        drift: Double = 50e-6,
        _ delay: @escaping SimulatedRun.Delay
    ) -> SimulatedRun {
        SimulatedRun(testDescription: name, interval: interval, drift: drift, delay: delay)
    }

    /// With how far all answers after a minute are off: almost all, and the worst.
    private static let runs: [(run: SimulatedRun, most: Double, worst: Double)] = [
        (run("no delay", 0.2) { _, _ in 0 }, 0.000_1, 0.000_1),
        (run("a LAN", 0.2, SimulatedRun.evenly(0.002)), 0.001, 0.001),
        (run("jitter", 0.2, drift: 0, SimulatedRun.evenly(0.3)), 0.01, 0.03),
        (run("jitter, 1 % fast", 0.2, drift: 0.01, SimulatedRun.evenly(0.3)), 0.01, 0.03),
        (run("jitter, 1 % slow", 0.2, drift: -0.01, SimulatedRun.evenly(0.3)), 0.01, 0.03),
        (run("stalls", 0.2, SimulatedRun.stalls), 0.01, 0.02),
        (run("no delay, whole segments", 2) { _, _ in 0 }, 0.000_1, 0.000_1),
        (run("a LAN, whole segments", 2, SimulatedRun.evenly(0.002)), 0.001, 0.002),
        (run("jitter, whole segments", 2, drift: 0, SimulatedRun.evenly(0.3)), 0.06, 0.12),
        (run("jitter, 1 % fast, whole", 2, drift: 0.01, SimulatedRun.evenly(0.3)), 0.06, 0.12),
        (run("jitter, 1 % slow, whole", 2, drift: -0.01, SimulatedRun.evenly(0.3)), 0.06, 0.12),
        (run("stalls, whole segments", 2, SimulatedRun.stalls), 0.03, 0.06),
    ]

    @Test("Is right after a minute, and never steps back", arguments: runs.indices, [1, 2, 3])
    func settled(_ index: Int, _ seed: UInt64) {
        let (run, most, worst) = Self.runs[index]
        let outcome = run.outcome(seed: seed)
        #expect(outcome.error(0.95) < most, "\(run)")
        #expect(outcome.error(1) < worst, "\(run)")
        #expect(outcome.stepBack < 0.000_01, "\(run)")
        #expect(outcome.tear < 0.000_01, "\(run)")
        #expect(outcome.dishonesty == 0, "\(run)")
        #expect(outcome.prophecy == 0, "\(run)")
    }

    /// With how far all answers are off from the first on, and how long the clock may take to settle.
    private static let slowCameras: [(run: SimulatedRun, worst: Double, start: Double)] = [
        (run("a frame a second", 1, SimulatedRun.evenly(0.03)), 0.03, 5),
        (run("a frame a second, jitter", 1, SimulatedRun.evenly(0.3)), 0.3, 5),
        (run("a frame in five seconds", 5, SimulatedRun.evenly(0.03)), 0.03, 21),
        (run("a frame in five seconds, jitter", 5, SimulatedRun.evenly(0.3)), 0.3, 21),
    ]

    @Test("A slow camera is placed right", arguments: slowCameras.indices, [1, 2, 3])
    func slow(_ index: Int, _ seed: UInt64) throws {
        let (run, worst, start) = Self.slowCameras[index]
        let outcome = run.outcome(seed: seed)
        let settled = try #require(outcome.answers.first(where: \.isSettled)?.moment)
        #expect(settled <= start)
        #expect(outcome.error(1, after: settled) < worst)
        #expect(outcome.error(1, after: 300) < worst / 2)
        #expect(outcome.dishonesty == 0)
        #expect(outcome.prophecy == 0)
        #expect(outcome.clock.wrongPace == nil)
    }

    @Test(
        "A queue that grows to half a minute and empties again moves nothing, and is told",
        arguments: [0.2, 1, 2],
        [8.0, 20, 100]
    )
    func queue(_ interval: Double, _ start: Double) {
        let run = SimulatedRun(
            testDescription: "queue",
            length: 400,
            interval: interval,
            drift: 50e-6,
            delay: SimulatedRun.queue(from: start, growingFor: 60, to: 31, emptyingFor: 40)
        )
        let outcome = run.outcome()
        #expect(outcome.error(1, after: start) < 0.06)
        #expect(outcome.stepBack < 0.000_01)
        #expect(outcome.dishonesty == 0)
        #expect(outcome.prophecy == 0)
        #expect(outcome.clock.wrongPace == nil)
        for answer in outcome.answers where answer.moment > start + 2 && answer.moment < start + 98
        {
            #expect(abs(answer.lag - answer.age) < 0.1)
        }
        #expect(outcome.answers.allSatisfy { $0.moment < start + 101 || $0.lag == 0 })
    }

    @Test("One that grows and empties slowly is as far off as it says", arguments: [0.4, 0.9, 3])
    func slowQueue(_ height: Double) {
        let run = SimulatedRun(
            testDescription: "slow queue",
            drift: 50e-6,
            delay: SimulatedRun.queue(
                from: 100,
                growingFor: 60,
                to: height,
                emptyingFor: 120
            )
        )
        let outcome = run.outcome()
        #expect(outcome.dishonesty == 0)
        #expect(outcome.prophecy == 0)
    }

    @Test(
        "A queue that fills and empties moves it no further than what even the quickest frame waits",
        arguments: [(3.3, 0.05), (10, 0.04), (30, 0.03)]
    )
    func sawtooth(_ period: Double, _ most: Double) {
        let run = SimulatedRun(
            testDescription: "sawtooth",
            drift: 50e-6,
            delay: SimulatedRun.sawtooth(period: period, height: 0.4)
        )
        let outcome = run.outcome()
        #expect(outcome.error(1) < most)
        #expect(outcome.stepBack < 0.000_01)
        #expect(outcome.dishonesty == 0)
        #expect(outcome.prophecy == 0)
    }

    @Test("A drift of 50 ppm is followed for days", arguments: [50e-6, -50e-6])
    func days(_ drift: Double) throws {
        let run = SimulatedRun(
            testDescription: "days",
            length: 2 * 86_400,
            interval: 10,
            drift: drift,
            delay: SimulatedRun.evenly(0.01)
        )
        let outcome = run.outcome()
        #expect(outcome.error(0.95) < 0.005)
        #expect(outcome.error(1) < 0.02)
        let figures = try #require(outcome.clock.figures)
        #expect(abs(try #require(figures.drift) - drift * 1_000_000) < 15)
        #expect(abs(figures.offset - drift * run.length) < 0.05)
    }

    @Test(
        "A start that was buffered is placed right as soon as it is over",
        arguments: [0.2, 1, 2]
    )
    func lateStart(_ interval: Double) {
        var run = SimulatedRun(testDescription: "late", length: 60, interval: interval)
        run.delay = { moment, _ in max(0, 1.1 - moment) }
        let outcome = run.outcome()
        #expect(outcome.error(1, after: 2.5) < 0.001)
        #expect(outcome.dishonesty == 0)
        // What came before is placed anew.
        let first = outcome.clock.steadyTime(of: .seconds(60))
        #expect(first == outcome.clock.steadyTime(of: .seconds(59)).map { $0 + .seconds(1) })
    }

    @Test(
        "A longer or shorter way, and a jump of the camera's clock, are right within a minute",
        arguments: [0.2, 2],
        [(0.2, 0), (-0.2, 0), (0, 0.18), (0, -0.18), (0, 3), (0, 3600)]
    )
    func jumps(_ interval: Double, _ change: (detour: Double, jump: Double)) {
        var run = SimulatedRun(testDescription: "jump", length: 450, interval: interval)
        run.drift = 50e-6
        run.delay = SimulatedRun.evenly(0.03)
        run.detour = (301, change.detour)
        run.jump = (301, change.jump)
        let outcome = run.outcome()
        #expect(outcome.error(1, after: 361) < 0.02)
        #expect(outcome.stepBack < 0.000_01)
        #expect(outcome.prophecy == 0)
        // Of what comes late nobody can say in the first seconds that it isn't delay.
        let sure = outcome.answers.filter { $0.isSettled && !(301...303.5).contains($0.moment) }
        #expect(sure.allSatisfy { abs($0.error) <= $0.accuracy })
    }

    @Test(
        "What comes half a second late or more, for good, lags for good, within its accuracy",
        arguments: [0.2, 2],
        [(2.0, 0.0), (0, -0.8), (0, -3600)]
    )
    func lagging(_ interval: Double, _ change: (detour: Double, jump: Double)) {
        var run = SimulatedRun(testDescription: "lag", length: 450, interval: interval)
        run.delay = SimulatedRun.evenly(0.03)
        run.detour = (301, change.detour)
        run.jump = (301, change.jump)
        let outcome = run.outcome()
        let late = change.detour - change.jump
        for answer in outcome.answers where answer.moment > 303.5 {
            #expect(abs(answer.lag - late) < 0.06)
            #expect(answer.accuracy > late)
        }
        #expect(outcome.prophecy == 0)
    }

    @Test("A camera's clock that is set back in the first second is followed like any other")
    func earlyJump() throws {
        var run = SimulatedRun(testDescription: "early", length: 120, drift: 0.001)
        run.delay = SimulatedRun.evenly(0.03)
        run.jump = (0.5, -3600)
        let outcome = run.outcome()
        #expect(outcome.error(1, after: 30) < 0.01)
        #expect(outcome.stepBack < 0.000_01)
        #expect(outcome.tear < 0.000_01)
        #expect(abs(try #require(outcome.clock.figures?.drift) - 1000) < 50)
    }

    @Test("The line moves by a tenth of the time that passes at most")
    func slew() {
        var run = SimulatedRun(testDescription: "slew", length: 420)
        run.detour = (300, 0.3)
        let errors = run.outcome().answers.filter { $0.moment > 300.3 }.map(\.error)
        for (error, next) in zip(errors, errors.dropFirst()) {
            #expect(next - error <= 0.020_001)
            #expect(next >= error)
        }
        #expect(errors[0] < -0.29 && errors[errors.count - 1] > -0.000_1)
    }
}
