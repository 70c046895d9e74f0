import Foundation
import Testing

@testable import Segmenter

@Suite("Timestamps")
struct TimestampTests {
    private let noon = Timestamp(microseconds: 1_700_000_000_000_000)

    @Test("Moves by a duration and back")
    func moves() {
        let later = noon + .milliseconds(2500)
        #expect(later.microseconds == 1_700_000_002_500_000)
        #expect(later - .milliseconds(2500) == noon)
        #expect(noon + .seconds(-1) == noon - .seconds(1))
    }

    @Test("The difference of two is a duration, negative when the first is earlier")
    func difference() {
        #expect((noon + .seconds(3)) - noon == .seconds(3))
        #expect(noon - (noon + .seconds(3)) == .seconds(-3))
    }

    @Test("Rounds what is finer than a microsecond")
    func rounding() {
        #expect(noon + .nanoseconds(400) == noon)
        #expect(noon + .nanoseconds(600) == noon + .microseconds(1))
    }

    @Test("Orders moments")
    func order() {
        #expect(noon < noon + .microseconds(1))
        #expect(noon > noon - .microseconds(1))
    }

    @Test("Reads the system's clock")
    func now() {
        let before = Date.now.timeIntervalSince1970
        let now = Double(Timestamp.now().microseconds) / 1_000_000
        let after = Date.now.timeIntervalSince1970
        #expect(now >= before - 0.001 && now <= after + 0.001)
    }
}
