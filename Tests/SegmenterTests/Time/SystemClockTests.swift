import Testing

@testable import Segmenter

@Suite("System clock")
struct SystemClockTests {
    private let source = SetClock(startingAt: Self.start)
    private static let start = Timestamp(microseconds: 1_700_000_000_000_000)
    private var start: SteadyTime { Self.start.steadyTime(shift: .zero) }

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

    @Test("The difference is told as it is, steps too small to be called one among them")
    func difference() {
        let clock = source.clock
        source.set(by: .seconds(3600))
        source.set(by: .milliseconds(-80))
        #expect(clock.difference == .seconds(3600) - .milliseconds(80))
    }

    @Test("The system's own clocks agree")
    func real() throws {
        let clock = SystemClock()
        #expect(clock.shift == .zero)
        let now = clock.now
        let wall = Timestamp.now()
        #expect(wall.steadyTime(shift: .zero) - now > .milliseconds(-100))
        #expect(wall.steadyTime(shift: .zero) - now < .seconds(5))
        #expect(wall.steadyTime(shift: clock.difference) <= clock.now + .milliseconds(1))
    }
}
