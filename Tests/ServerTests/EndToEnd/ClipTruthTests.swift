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

    // MARK: - What it says of its own times

    /// Frames at 40 ms, those from the 50th on after a pause, in a clip that says something of them.
    ///
    /// - Parameters:
    ///   - late: by how much it dates them late.
    ///   - stretch: how long it plays, by how long it should.
    ///   - pause: how long the camera took none.
    ///   - isShown: whether the pause is there when it is played.
    private func times(
        late: Int64 = 0,
        stretch: Double = 1,
        pause: Int64 = 0,
        isShown: Bool = true,
        isClaimed: Bool = false,
        accuracy: Double? = 0.05
    ) -> ClipTruth {
        let frames = (0..<100).map { number in
            let moment = Int64(number) * 40_000
            let paused = number < 50 ? 0 : pause
            let played = Double(moment + (isShown ? paused : 0)) / 1_000_000 * stretch
            return ClockFrame(
                pts: 3 + played,
                captureTime: Self.start + moment + paused,
                number: number
            )
        }
        let end = Self.start + 4_000_000 + pause
        let gap = ClipTruth.Hole(start: Self.start + 2_000_000, end: Self.start + 2_000_000 + pause)
        let gaps = isClaimed ? [gap] : []
        return ClipTruth(
            frames,
            start: Self.start,
            end: end,
            gaps: gaps,
            claim: ClipClaim(
                start: Self.start + late,
                end: end + late,
                duration: Double(4_000_000 + (isShown ? pause : 0)) / 1_000_000 * stretch,
                accuracy: accuracy,
                gaps: gaps
            )
        )
    }

    @Test(
        "Frames are dated right within their accuracy",
        arguments: [0, 69_000, -69_000] as [Int64]
    )
    func dated(late: Int64) {
        #expect(times(late: late).violationsOfTimes() == [])
        #expect(times(late: late).keepsAccuracy)
    }

    @Test(
        "Frames beyond the accuracy, or beyond a frame interval and 60 ms, are found",
        arguments: [
            (71_000, 0.05, 1), (-71_000, 0.05, 1), (101_000, 0.2, 1), (-1_000_000, 0.2, 2),
        ] as [(Int64, Double, Int)]
    )
    func misdated(late: Int64, accuracy: Double, count: Int) {
        let truth = times(late: late, accuracy: accuracy)
        #expect(truth.violationsOfTimes().count == count)
        #expect(truth.violationsOfTimes().allSatisfy { $0.hasPrefix("100 of 100 frames dated") })
        #expect(truth.frameErrors.allSatisfy { abs($0 - late) <= 1 })
    }

    @Test("A clip that plays at another pace than the world is found")
    func paced() {
        #expect(times(stretch: 2).violationsOfTimes() == ["a second of it shows 0.5 s"])
        #expect(times(stretch: 1.01).violationsOfTimes() == [])
    }

    @Test("A clip that says nothing of its accuracy is found")
    func unsure() {
        #expect(times(accuracy: nil).violationsOfTimes() == ["says nothing of its accuracy"])
        #expect(!times(accuracy: nil).keepsAccuracy)
    }

    @Test("A pause of the camera may be shown, or left out and claimed")
    func paused() {
        #expect(times(pause: 800_000).violationsOfTimes() == [])
        #expect(times(pause: 800_000, isClaimed: true).violationsOfTimes() == [])
        #expect(times(pause: 800_000, isClaimed: true).violations == [])
        #expect(times(pause: 800_000, isShown: false, isClaimed: true).violationsOfTimes() == [])
        #expect(times(pause: 800_000, isShown: false).violationsOfTimes() != [])
    }
}
