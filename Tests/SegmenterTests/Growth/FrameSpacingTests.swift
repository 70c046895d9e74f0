import Testing

@testable import Segmenter

@Suite("Spacing of frames")
struct FrameSpacingTests {
    /// Adds frames at these times, in milliseconds; gives the pauses.
    private func pauses(_ times: [Int], _ spacing: inout FrameSpacing) -> [Range<Duration>] {
        spacing.add(
            times.map {
                .init(decoded: .milliseconds($0), shown: .milliseconds($0), isKeyframe: false)
            }
        )
    }

    @Test("The usual distance is the median of the newest, a pause among them or not")
    func usual() {
        var spacing = FrameSpacing()
        #expect(spacing.usual == nil)
        #expect(pauses([0, 40], &spacing).isEmpty && spacing.usual == nil)
        _ = pauses([80, 120], &spacing)
        #expect(spacing.usual == .milliseconds(40))
        _ = pauses([920, 960, 1000], &spacing)
        #expect(spacing.usual == .milliseconds(40))
        #expect(spacing.longest == .milliseconds(800))
        // A camera that sends fewer frames at night.
        _ = pauses((1...16).map { 1000 + $0 * 500 }, &spacing)
        #expect(spacing.usual == .milliseconds(500))
        #expect(spacing.longest == .milliseconds(500))
    }

    @Test(
        "More than a second and five intervals without a frame is a pause, from the frame's usual end on"
    )
    func pause() {
        var spacing = FrameSpacing()
        _ = pauses([0, 40, 80, 120], &spacing)
        #expect(pauses([1120], &spacing).isEmpty)
        #expect(pauses([2200], &spacing) == [.milliseconds(1160)..<Duration.milliseconds(2200)])
    }

    @Test("A camera of a frame each second pauses after more than five")
    func slow() {
        var spacing = FrameSpacing()
        _ = pauses([0, 1000, 2000, 3000], &spacing)
        #expect(pauses([8000], &spacing).isEmpty)
        #expect(pauses([14_000], &spacing) == [.seconds(9)..<Duration.seconds(14)])
    }

    @Test("Times that go back are no trap")
    func back() {
        var spacing = FrameSpacing()
        #expect(pauses([5000, 5040, 5080, 0, 40, -9000], &spacing).isEmpty)
    }
}
