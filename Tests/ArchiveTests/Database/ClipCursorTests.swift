import Testing

@testable import Archive

@Suite("Clip cursor")
struct ClipCursorTests {
    @Test("Survives being written as text", arguments: [0, -1, 1 << 40, .max, .min])
    func roundTrip(_ place: Int64) {
        let cursor = ClipCursor(place: place)
        #expect(ClipCursor(text: cursor.text) == cursor)
    }

    @Test(
        "Text that was not given out is refused",
        arguments: ["", ".", "+1", "01", "1 ", " 1", "1.0", "1e3", "x", "99999999999999999999"]
    )
    func refused(_ text: String) {
        #expect(ClipCursor(text: text) == nil)
    }
}
