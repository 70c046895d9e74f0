import Testing

@testable import Segmenter

@Suite("System clock")
struct SystemClockTests {
    private let source = SetClock(startingAt: start)
    private static let start = Timestamp(microseconds: 1_700_000_000_000_000)
    private var start: Timestamp { Self.start }

    @Test("Steady time is UTC at first, and goes on as time passes")
    func steady() {
        let clock = source.clock
        #expect(clock.now == start)
        source.pass(.seconds(5))
        #expect(clock.now == start + .seconds(5))
        #expect(clock.shift == .zero)
        #expect(source.steps.isEmpty)
    }

    @Test(
        "A step leaves steady time alone, and is told once",
        arguments: [
            Duration.seconds(3600), .seconds(-3600), .milliseconds(500), .milliseconds(101),
        ]
    )
    func step(_ step: Duration) {
        let clock = source.clock
        source.set(by: step)
        #expect(clock.now == start)
        #expect(clock.shift == step)
        #expect(clock.shift == step)
        #expect(source.steps == [step])
        source.set(by: .zero - step)
        #expect(clock.shift == .zero)
        #expect(source.steps == [step, .zero - step])
    }

    @Test("What is within a tenth of a second is no step", arguments: [100, -100, 3])
    func tolerance(_ milliseconds: Int) {
        let clock = source.clock
        source.set(by: .milliseconds(milliseconds))
        #expect(clock.shift == .zero)
        #expect(source.steps.isEmpty)
    }

    @Test("A file's change is known in steady time though the clock reads otherwise")
    func change() {
        let clock = source.clock
        source.set(by: .seconds(3600))
        source.pass(.seconds(1))
        let changed = source.wall
        source.pass(.seconds(2))
        #expect(clock.steadyTime(ofChange: changed) == start + .seconds(1))
        // By as little as is not called a step, too.
        source.set(by: .milliseconds(-80))
        #expect(clock.steadyTime(ofChange: source.wall) == start + .seconds(3))
    }

    @Test(
        "Holds although the clock is set between the change and the look at it",
        arguments: [3600, -3600, 0.5, -0.5, 0.15, -0.15],
        [0.001, 0.05]
    )
    func stepAfterChange(_ step: Double, _ age: Double) {
        let clock = source.clock
        // The part before was looked at just now.
        _ = clock.shift
        source.pass(.milliseconds(20))
        let changed = source.wall
        source.set(by: .seconds(step))
        source.pass(.seconds(age))
        #expect(clock.steadyTime(ofChange: changed) == start + .milliseconds(20))
        // And so does the next one's.
        source.pass(.milliseconds(200))
        let next = source.wall
        source.pass(.milliseconds(3))
        let truth = start + .seconds(age) + .milliseconds(220)
        #expect(clock.steadyTime(ofChange: next) == truth)
    }

    @Test("Where it cannot be known it seems later, never earlier, and never still to come")
    func doubt() {
        for step in [3600, -3600, 0.5, -0.5] {
            for (before, after) in [(0.1, 5.0), (5.0, 0.1), (2, 2), (0, 0)] {
                let source = SetClock(startingAt: start)
                let clock = source.clock
                source.pass(.seconds(before))
                let changed = source.wall
                source.set(by: .seconds(step))
                source.pass(.seconds(after))
                let known = clock.steadyTime(ofChange: changed)
                #expect(known >= start + .seconds(before))
                #expect(known <= start + .seconds(before + after))
            }
        }
    }

    @Test("The system's own clocks agree with what the kernel notes of a file")
    func real() throws {
        let clock = SystemClock()
        #expect(clock.shift == .zero)
        let now = clock.now
        let wall = Timestamp.now()
        #expect(wall - now > .milliseconds(-100) && wall - now < .seconds(5))
        #expect(clock.steadyTime(ofChange: wall) <= clock.now)
    }
}
