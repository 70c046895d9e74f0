import TestSupport
import Testing

/// The judge of the other tests must see what is wrong itself.
@Suite("What a clip claims against its frames")
struct ClipTruthTests {
    private static let start: Int64 = 1_000_000_000

    /// Frames at 40 ms from the window's start, of 4 s, without those in `lost`.
    private func truth(
        lost: Range<Int> = 0..<0,
        late: Int64 = 0,
        gaps: [(Int64, Int64)] = [],
        tolerance: Int64 = ClipTruth.tolerance
    ) -> ClipTruth {
        let numbers = (0..<100).filter { !lost.contains($0) }
        return ClipTruth(
            numbers.map { number in
                let moment = Self.start + Int64(number) * 40_000 + late
                return ClockFrame(pts: 0, captureTime: moment, number: number + 7)
            },
            start: Self.start,
            end: Self.start + 4_000_000,
            gaps: gaps.map { .init(start: Self.start + $0.0, end: Self.start + $0.1) },
            tolerance: tolerance
        )
    }

    @Test("A whole clip is right", arguments: [0, -100_000, 100_000] as [Int64])
    func whole(late: Int64) {
        #expect(truth(late: late).violationsWhole == [])
    }

    @Test(
        "A clip that begins early or ends late is not",
        arguments: [-101_000, 101_000] as [Int64]
    )
    func shifted(late: Int64) {
        #expect(!truth(late: late).violations.isEmpty)
    }

    @Test(
        "A gap must be claimed, within a frame interval and 60 ms",
        arguments: [
            (0..<50, [(0, 2_000_000)], true),
            (40..<60, [(1_600_000, 2_400_000)], true),
            (40..<60, [(1_510_000, 2_490_000)], true),
            (80..<100, [(3_200_000, 4_000_000)], true),
            (40..<60, [], false),
            (40..<60, [(1_600_000, 2_300_000), (2_300_000, 2_400_000)], false),
            (40..<60, [(1_600_000, 2_600_000)], false),
            (40..<60, [(1_600_000, 2_400_000), (3_000_000, 3_300_000)], false),
            (0..<0, [(1_600_000, 2_400_000)], false),
            (0..<100, [(0, 4_000_000)], true),
        ] as [(Range<Int>, [(Int64, Int64)], Bool)]
    )
    func gap(lost: Range<Int>, gaps: [(Int64, Int64)], isRight: Bool) {
        #expect(truth(lost: lost, gaps: gaps).violations.isEmpty == isRight)
    }

    @Test(
        "With a wider tolerance bounds may lie so far beside the truth, and no further",
        arguments: [
            (105_000, true), (190_000, true), (191_000, false), (-190_000, true), (-191_000, false),
        ] as [(Int64, Bool)]
    )
    func tolerance(error: Int64, isRight: Bool) {
        let gap = (1_600_000 + error, 2_400_000 + error)
        let bound = truth(lost: 40..<60, gaps: [gap], tolerance: 150_000)
        #expect(bound.violations.isEmpty == isRight)
        #expect(truth(late: error, tolerance: 150_000).violations.isEmpty == isRight)
        #expect(!truth(lost: 40..<60, gaps: [gap]).violations.isEmpty)
        #expect(!truth(late: error).violations.isEmpty)
    }

    @Test("One missing frame is found where nothing happened")
    func oneMissing() {
        #expect(truth(lost: 50..<51).violations == [])
        #expect(truth(lost: 50..<51).violationsWhole == ["1 frames missing"])
    }

    @Test("A doubled frame is found")
    func doubled() {
        let frame = ClockFrame(pts: 0, captureTime: Self.start, number: 1)
        let truth = ClipTruth(
            [frame, frame],
            start: Self.start,
            end: Self.start + 40_000,
            gaps: []
        )
        #expect(truth.violations == ["1 frames doubled or out of order"])
    }
}
