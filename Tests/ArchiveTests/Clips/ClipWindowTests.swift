import Segmenter
import Testing

@testable import Archive

@Suite("Clip window")
struct ClipWindowTests {
    @Test("Reaches from so long before the moment to so long after it")
    func around() {
        let moment = Timestamp(microseconds: 100_000_000)
        let window = ClipWindow(at: moment, before: .seconds(30), after: .seconds(20))
        #expect(window.start == Timestamp(microseconds: 70_000_000))
        #expect(window.end == Timestamp(microseconds: 120_000_000))
        #expect(window.duration == .seconds(50))
    }
}
