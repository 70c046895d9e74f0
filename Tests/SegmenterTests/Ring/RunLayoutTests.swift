import Foundation
import Testing

@testable import Segmenter

@Suite("Layout of a run")
struct RunLayoutTests {
    private let layout = RunLayout(directory: "/ring/door/run1")

    @Test(
        "Segments are named as ffmpeg counts them, beyond six digits too",
        arguments: [0, 42, 999_999, 1_000_000, 1_234_567]
    )
    func segments(_ number: Int) {
        let name = String(format: RunLayout.segmentPattern, number)
        #expect(RunLayout.segmentName(number) == name)
        #expect(layout.segmentPath(number) == "/ring/door/run1/" + name)
    }

    @Test("The initialisation segment lies beside them")
    func initialisation() {
        #expect(layout.initPath == "/ring/door/run1/init.mp4")
    }
}
