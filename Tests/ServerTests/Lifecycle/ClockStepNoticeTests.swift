import Testing

@testable import Server

@Suite("Clock step notice")
struct ClockStepNoticeTests {
    @Test(
        "Says which way, and how far",
        arguments: [(3_600_000, "forward by 3600.0 s;"), (-520, "back by 0.5 s;")]
    )
    func words(_ milliseconds: Int, _ words: String) {
        let text = ClockStepNotice.text(.milliseconds(milliseconds))
        #expect(text.hasPrefix("the system clock was set \(words)"))
    }
}
