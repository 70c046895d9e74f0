/// What a clip says of its own times. All moments are microseconds since 1970.
package struct ClipClaim: Sendable {
    /// When its first frame was taken.
    package let start: Int64
    /// The end of its last frame.
    package let end: Int64
    /// How long it plays, in microseconds.
    package let duration: Int64
    /// Within how much that is true, in microseconds; nil if it does not say so.
    package let accuracy: Int64?
    /// Those within it, in order.
    private let gaps: [ClipTruth.Hole]
    /// Whether it plays on through a gap at once; otherwise a picture stands still that long.
    private let isJoined: Bool

    /// - Parameters:
    ///   - duration: how long it plays, in seconds.
    ///   - accuracy: in seconds.
    ///   - gaps: those of its coverage.
    package init(
        start: Int64,
        end: Int64,
        duration: Double,
        accuracy: Double?,
        gaps: [ClipTruth.Hole]
    ) {
        self.start = start
        self.end = end
        self.duration = Int64((duration * 1_000_000).rounded())
        self.accuracy = accuracy.map { Int64(($0 * 1_000_000).rounded()) }
        self.gaps = gaps.filter { $0.end > start && $0.start < end }
        let missing = self.gaps.reduce(0) { $0 + $1.length }
        isJoined = end - start - self.duration > missing / 2
    }

    /// How much of the world a second of the clip shows, in seconds.
    package var pace: Double {
        let missing = isJoined ? gaps.reduce(0) { $0 + $1.length } : 0
        return duration > 0 ? Double(end - start - missing) / Double(duration) : 0
    }

    /// By how much each frame was taken earlier than the clip says: above zero where it is dated late.
    ///
    /// - Parameters:
    ///   - interval: between two frames.
    ///   - slack: how far the bounds of a gap may lie beside the truth.
    package func errors(of frames: [ClockFrame], interval: Int64, slack: Int64) -> [Int64] {
        guard let first = frames.first else { return [] }
        var skipped: Int64 = 0
        var coming = gaps[...]
        return frames.map { frame in
            let played = Int64(((frame.pts - first.pts) * pace * 1_000_000).rounded())
            while isJoined, let gap = coming.first,
                start + played + skipped >= gap.start - interval / 2
            {
                skipped += gap.length
                coming.removeFirst()
            }
            let said = start + played + skipped
            return isAtGap(said, frame.captureTime, slack) ? 0 : said - frame.captureTime
        }
    }

    /// Whether both moments lie within a gap, or at it: the picture on either side of it stands still.
    private func isAtGap(_ said: Int64, _ taken: Int64, _ slack: Int64) -> Bool {
        gaps.contains { gap in
            let range = gap.start - slack...gap.end + slack
            return range.contains(said) && range.contains(taken)
        }
    }
}
