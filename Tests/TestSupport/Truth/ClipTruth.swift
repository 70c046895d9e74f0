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
    /// How late a camera itself may send a picture: no clock can know.
    private static let sendingDelay: Int64 = 20_000

    /// By how much a camera's clock, and so a clip's pace, may differ from the world's.
    private static let largestPaceError = 0.03

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
    /// By how much each frame is dated late; empty where it is not known what the clip says.
    package let frameErrors: [Int64]
    /// Where the camera took no frame for longer than usual: true as a gap, and needless.
    private let stills: [Hole]
    private let claim: ClipClaim?
    private let gaps: [Hole]
    private let slack: Int64

    /// - Parameters:
    ///   - frames: those of the clip, in order.
    ///   - start: of the window that was asked for.
    ///   - gaps: those of its coverage.
    ///   - claim: what it says of its own times.
    ///   - interval: between two frames.
    ///   - tolerance: how far a bound may lie beside the truth, beyond one frame interval.
    package init(
        _ frames: [ClockFrame],
        start: Int64,
        end: Int64,
        gaps: [Hole],
        claim: ClipClaim? = nil,
        interval: Int64 = ClockCamera.frameInterval,
        tolerance: Int64 = Self.tolerance
    ) {
        self.gaps = gaps
        self.claim = claim
        slack = interval + tolerance
        frameErrors = claim?.errors(of: frames, interval: interval, slack: slack) ?? []
        guard let first = frames.first, let last = frames.last else {
            (startError, endError, missing, misplaced) = (0, 0, 0, 0)
            (holes, stills) = ([Hole(start: start, end: end)], [])
            return
        }
        startError = first.captureTime - start
        endError = last.captureTime + interval - end
        var (holes, stills): ([Hole], [Hole]) = ([], [])
        if startError > slack { holes.append(Hole(start: start, end: first.captureTime)) }
        var (missing, misplaced) = (0, 0)
        for (earlier, later) in zip(frames, frames.dropFirst()) {
            if later.captureTime <= earlier.captureTime { misplaced += 1 }
            // A camera that was started anew counts from 0.
            if later.number > earlier.number + 1 { missing += later.number - earlier.number - 1 }
            let follows = later.number == earlier.number + 1
            let end = earlier.captureTime + interval
            if later.captureTime <= end { continue }
            let hole = Hole(start: end, end: later.captureTime)
            if follows { stills.append(hole) } else { holes.append(hole) }
        }
        if endError < -slack { holes.append(Hole(start: last.captureTime + interval, end: end)) }
        (self.holes, self.stills) = (holes, stills)
        (self.missing, self.misplaced) = (missing, misplaced)
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
        for gap in gaps where !(holes + stills).contains(where: { isSame($0, gap) }) {
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

    /// What is wrong with the clip's own times: nothing, if each frame was taken when it says, within one
    /// frame interval and the tolerance, and within the accuracy it states.
    ///
    /// - Parameter limit: instead of one frame interval and the tolerance, in microseconds.
    package func violationsOfTimes(limit: Int64? = nil) -> [String] {
        guard let claim else { return ["says nothing of its times"] }
        var found: [String] = []
        func check(_ bound: Int64, _ words: String) {
            let wrong = frameErrors.filter { abs($0) > bound }
            guard let worst = wrong.max(by: { abs($0) < abs($1) }) else { return }
            let way = worst > 0 ? "late" : "early"
            let count = "\(wrong.count) of \(frameErrors.count) frames"
            found.append("\(count) dated up to \(abs(worst) / 1000) ms too \(way), \(words)")
        }
        if frameErrors.isEmpty { found.append("no frames") }
        check(limit ?? slack, "beyond \((limit ?? slack) / 1000) ms")
        if misplaced > 0 { found.append("\(misplaced) frames doubled or out of order") }
        if abs(claim.pace - 1) > Self.largestPaceError {
            found.append("a second of it shows \(claim.pace) s")
        }
        if let accuracy = claim.accuracy {
            check(accuracy + Self.sendingDelay, "accuracy \(accuracy / 1000) ms")
        } else {
            found.append("says nothing of its accuracy")
        }
        return found
    }

    /// Whether every frame was taken within the clip's accuracy of what it says; false without one.
    package var keepsAccuracy: Bool {
        guard let accuracy = claim?.accuracy else { return false }
        return frameErrors.allSatisfy { abs($0) <= accuracy + Self.sendingDelay }
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
