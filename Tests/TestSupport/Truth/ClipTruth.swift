/// What a clip claims, held against the moments in its frames.
///
/// All moments are microseconds since 1970.
package struct ClipTruth: Sendable {
    /// How far a bound may lie beside the truth, beyond one frame interval, on a machine with room.
    package static let tolerance: Int64 = 60_000
    /// The same where many cameras are encoded and disturbed at once on few cores: their pictures
    /// leave them late, which the clock of a run that is only seconds old cannot know.
    package static let crowdedTolerance: Int64 = 150_000
    /// Holes up to this need not be claimed: the program's own threshold of 200 ms, and the tolerance.
    private static let smallest: Int64 = 200_000

    /// A stretch of time that a clip does not hold.
    package struct Hole: Sendable, Equatable {
        package let start: Int64
        package let end: Int64
        package var length: Int64 { end - start }

        package init(start: Int64, end: Int64) {
            self.start = start
            self.end = end
        }
    }

    /// The first frame's moment, by how much it is late.
    package let startError: Int64
    /// The end of the last frame, by how much it is late.
    package let endError: Int64
    /// What the frames don't show of the window.
    package let holes: [Hole]
    /// Frames that the camera took between the first and the last, and that are not there.
    package let missing: Int
    /// Frames that are there twice, or after a later one.
    package let misplaced: Int
    private let gaps: [Hole]
    private let slack: Int64

    /// - Parameters:
    ///   - frames: those of the clip, in order.
    ///   - start: of the window that was asked for.
    ///   - gaps: those of its coverage.
    ///   - interval: between two frames.
    ///   - tolerance: how far a bound may lie beside the truth, beyond one frame interval.
    package init(
        _ frames: [ClockFrame],
        start: Int64,
        end: Int64,
        gaps: [Hole],
        interval: Int64 = ClockCamera.frameInterval,
        tolerance: Int64 = Self.tolerance
    ) {
        self.gaps = gaps
        slack = interval + tolerance
        guard let first = frames.first, let last = frames.last else {
            (startError, endError, missing, misplaced) = (0, 0, 0, 0)
            holes = [Hole(start: start, end: end)]
            return
        }
        startError = first.captureTime - start
        endError = last.captureTime + interval - end
        var holes: [Hole] = []
        if startError > slack { holes.append(Hole(start: start, end: first.captureTime)) }
        var (missing, misplaced) = (0, 0)
        for (earlier, later) in zip(frames, frames.dropFirst()) {
            if later.captureTime <= earlier.captureTime { misplaced += 1 }
            // A camera that was started anew counts from 0.
            if later.number > earlier.number + 1 { missing += later.number - earlier.number - 1 }
            let follows = later.number == earlier.number + 1
            let end = earlier.captureTime + interval
            if !follows && later.captureTime > end {
                holes.append(Hole(start: end, end: later.captureTime))
            }
        }
        if endError < -slack { holes.append(Hole(start: last.captureTime + interval, end: end)) }
        (self.holes, self.missing, self.misplaced) = (holes, missing, misplaced)
    }

    /// What is wrong with the clip: nothing, if it holds what it claims and claims what it holds.
    package var violations: [String] {
        var found: [String] = []
        if startError < -slack { found.append("begins \(-startError / 1000) ms early") }
        if endError > slack { found.append("ends \(endError / 1000) ms late") }
        if misplaced > 0 { found.append("\(misplaced) frames doubled or out of order") }
        for hole in holes where hole.length > Self.smallest + slack && !isClaimed(hole) {
            found.append("not claimed: \(describe(hole))")
        }
        for gap in gaps where !holes.contains(where: { isSame($0, gap) }) {
            found.append("claimed, but not so: \(describe(gap))")
        }
        return found
    }

    /// What is wrong with a clip of a camera that nothing happened to: not one frame may be missing.
    package var violationsWhole: [String] {
        var found = violations
        if missing > 0 { found.append("\(missing) frames missing") }
        for gap in gaps { found.append("claimed: \(describe(gap))") }
        return found
    }

    /// The largest distance of a claimed gap's bound from the truth; nil without such a gap.
    package var largestGapError: Int64? {
        gaps.compactMap { gap in
            holes.map { max(abs($0.start - gap.start), abs($0.end - gap.end)) }.min()
        }.max()
    }

    private func isClaimed(_ hole: Hole) -> Bool {
        gaps.contains { isSame(hole, $0) }
    }

    private func isSame(_ hole: Hole, _ gap: Hole) -> Bool {
        abs(hole.start - gap.start) <= slack && abs(hole.end - gap.end) <= slack
    }

    /// In milliseconds of the day's hour, which is enough to find it in a log.
    private func describe(_ hole: Hole) -> String {
        let seconds = { (moment: Int64) in Double(moment % 3_600_000_000 / 1000) / 1000 }
        let all = holes.map { "\(seconds($0.start))…\(seconds($0.end))" }.joined(separator: ", ")
        return "\(seconds(hole.start))…\(seconds(hole.end)) s of the hour (found: \(all))"
    }
}
