/// A stretch of a run's video that begins on a keyframe: one media file, and where it stands in time.
///
/// On its way into the ring and inside, `start` and `end` are in steady time (`SystemClock`).
package struct Segment: Sendable, Hashable, MediaFile {
    package let run: Run
    /// Counts a camera's segments since this program started, across runs.
    package let sequence: Int
    /// The file's name in its run's directory.
    package let name: String
    /// The first frame's moment on the run's media clock.
    package let mediaStart: Duration
    package let duration: Duration
    /// The first frame's moment on the wall clock.
    package private(set) var start: Timestamp
    /// The end of the last frame on the wall clock. By the clock's estimate, so that a camera that runs
    /// fast or slow makes it differ from `start` plus `duration`.
    package private(set) var end: Timestamp
    package let bytes: Int
    package let startsOnKeyframe: Bool
    /// The usual distance between two frames.
    package let frameInterval: Duration
    /// It is still growing: this is what has come, the first `bytes` of its file. A longer one of the
    /// same run and `mediaStart` takes its place later.
    package let isOpen: Bool
    /// Why it does not go on where the camera's segment before it ended, in plain words; nil if it does,
    /// or if there was none.
    package let gapReason: String?
    /// What it lacks in itself: the frame before each lasts on, or the one after it begins early.
    package private(set) var pauses: [Pause]

    package init(
        run: Run,
        sequence: Int,
        name: String,
        mediaStart: Duration,
        duration: Duration,
        start: Timestamp,
        end: Timestamp,
        bytes: Int,
        startsOnKeyframe: Bool,
        frameInterval: Duration,
        isOpen: Bool = false,
        gapReason: String? = nil,
        pauses: [Pause] = []
    ) {
        self.run = run
        self.sequence = sequence
        self.name = name
        self.mediaStart = mediaStart
        self.duration = duration
        self.start = start
        self.end = end
        self.bytes = bytes
        self.startsOnKeyframe = startsOnKeyframe
        self.frameInterval = frameInterval
        self.isOpen = isOpen
        self.gapReason = gapReason
        self.pauses = pauses
    }

    /// Whether two stretches of one run's media clock follow each other without a gap.
    package static func isContinuous(from end: Duration, to start: Duration) -> Bool {
        start - end > .milliseconds(-200) && start - end < .milliseconds(200)
    }

    /// Whether `next` goes on where this one ends.
    package func isFollowed(by next: Segment) -> Bool {
        run.id == next.run.id && next.gapReason == nil
            && Self.isContinuous(from: mediaStart + duration, to: next.mediaStart)
    }

    /// The same on a clock that is ahead by `shift`: in wall time instead of steady time.
    func shifted(by shift: Duration) -> Segment {
        var shifted = self
        shifted.start = start + shift
        shifted.end = end + shift
        shifted.pauses = pauses.map { $0.shifted(by: shift) }
        return shifted
    }

    package var path: String { run.directory + "/" + name }
}
