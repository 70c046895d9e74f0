/// Says which fragments of one run make a segment.
///
/// A segment begins on a keyframe and ends before the first keyframe that comes when it is long enough.
/// What cannot be decoded, because the keyframe that it needs is missing, is left out.
struct SegmentAssembler {
    /// Where a fragment belongs.
    enum Place: Hashable {
        /// At the end of the present segment.
        case present
        /// It begins a segment, which goes on where the present one ends.
        case next
        /// It begins a segment after a gap. The present one, if there is one, has ended there.
        case afterGap(reason: String?)
        /// Nowhere: it cannot be decoded. The present segment, if there is one, has ended before it.
        case nowhere
    }

    /// Cameras put keyframes a little early: this much of the wanted duration is enough.
    private static let tolerance = 0.95
    /// How far the end of a fragment and the next one's start may lie apart. Of its last frame's duration
    /// ffmpeg knows only what the camera promises, and in the dark many send fewer frames than that;
    /// with B-frames the two overlap by some frames.
    private static let slack = Duration.seconds(1)
    private static let jump = "the camera's timestamps jumped"

    private let shortest: Duration
    /// Where the present segment begins; nil while a keyframe is waited for.
    private var start: Duration?
    /// Where the newest fragment ends.
    private var end: Duration?
    /// Why the next segment will not go on where the one before it ended.
    private var gapReason: String?
    /// How much has come since the last keyframe.
    private(set) var sinceKeyframe = Duration.zero

    /// - Parameter gapReason: why the run's first segment does not go on where the one before ended.
    init(segmentDuration: Duration, gapReason: String?) {
        shortest = segmentDuration * Self.tolerance
        self.gapReason = gapReason
    }

    /// Finds the place of the next fragment.
    mutating func place(_ timing: FragmentTiming) -> Place {
        if let end, !Self.isContinuous(from: end, to: timing.start) { interrupt(Self.jump) }
        end = timing.end
        if timing.startsOnKeyframe { sinceKeyframe = .zero }
        sinceKeyframe += timing.playDuration
        guard let start else {
            guard timing.startsOnKeyframe else { return .nowhere }
            self.start = timing.start
            defer { gapReason = nil }
            return .afterGap(reason: gapReason)
        }
        guard timing.startsOnKeyframe, timing.start - start >= shortest else {
            return .present
        }
        self.start = timing.start
        return .next
    }

    /// Something is missing from here on: the present segment ends.
    mutating func interrupt(_ reason: String) {
        if start != nil { gapReason = reason }
        start = nil
    }

    /// Whether a keyframe is waited for.
    var isWaiting: Bool { start == nil }

    private static func isContinuous(from end: Duration, to start: Duration) -> Bool {
        start - end > .zero - slack && start - end < slack
    }
}
