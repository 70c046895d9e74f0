import Segmenter
import Testing

@testable import Archive

@Suite("Clip cursor")
struct ClipCursorTests {
    @Test("Survives being written as text")
    func roundTrip() {
        let cursor = ClipCursor(after: .example(at: .event + .milliseconds(1)))
        #expect(ClipCursor(text: cursor.text) == cursor)
    }

    @Test(
        "Text that was not given out is refused",
        arguments: [
            "", ".", "1", "1.", "1.2", "a.018bcfe5-6800-7000-8000-000000000000",
            ".018bcfe5-6800-7000-8000-000000000000",
            "1.018bcfe5-6800-7000-8000-000000000000.1",
            "99999999999999999999.018bcfe5-6800-7000-8000-000000000000",
            "1.018BCFE5-6800-7000-8000-000000000000",
            "1 .018bcfe5-6800-7000-8000-000000000000",
        ]
    )
    func refused(_ text: String) {
        #expect(ClipCursor(text: text) == nil)
    }
}
