import Testing

@testable import Segmenter

@Suite("Steady time")
struct SteadyTimeTests {
    private let moment = SteadyTime(microseconds: 1_700_000_000_000_000)

    @Test(
        "Becomes wall time by the shift, and comes back by the same",
        arguments: [Duration.zero, .seconds(3600), .seconds(-3600), .microseconds(1)]
    )
    func shift(_ shift: Duration) {
        let wall = moment.wallTime(shift: shift)
        #expect(wall.microseconds == moment.microseconds + shift.wholeMicroseconds)
        #expect(wall.steadyTime(shift: shift) == moment)
    }

    @Test("Moves by a duration, and orders moments")
    func moves() {
        #expect((moment + .seconds(3)) - moment == .seconds(3))
        #expect(moment - .milliseconds(1) < moment)
    }
}
