/// A stretch of a run's video that begins on a keyframe: one media file, and where it stands in time.
///
/// The ring stores it on steady time and gives it out on the wall clock.
package struct TimedSegment<Time: Moment>: Sendable, Hashable, MediaFile {
    package let run: Run
    /// Counts a camera's segments since this program started, across runs.
    package let sequence: Int
    /// The file's name in its run's directory.
    package let name: String
    /// The first frame's moment on the run's media clock.
    package let mediaStart: Duration
    package let duration: Duration
    /// The first frame's moment.
    package let start: Time
    /// The end of the last frame. By the clock's estimate, so that a camera that runs fast or slow makes it
    /// differ from `start` plus `duration`.
    package let end: Time
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
    package let pauses: [TimedPause<Time>]
    /// By how much, at most, `start` and `end` may differ from when its frames were taken, either way.
    package let accuracy: Duration

    package init(
        run: Run,
        sequence: Int,
        name: String,
        mediaStart: Duration,
        duration: Duration,
        start: Time,
        end: Time,
        bytes: Int,
        startsOnKeyframe: Bool,
        frameInterval: Duration,
        isOpen: Bool = false,
        gapReason: String? = nil,
        pauses: [TimedPause<Time>] = [],
        accuracy: Duration = .zero
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
        self.accuracy = accuracy
    }

    /// Whether two stretches of one run's media clock follow each other without a gap.
    package static func isContinuous(from end: Duration, to start: Duration) -> Bool {
        start - end > .milliseconds(-200) && start - end < .milliseconds(200)
    }

    /// Whether `next` goes on where this one ends.
    package func isFollowed(by next: Self) -> Bool {
        run.id == next.run.id && next.gapReason == nil
            && Self.isContinuous(from: mediaStart + duration, to: next.mediaStart)
    }

    package var path: String { run.directory + "/" + name }
}

/// One on the wall clock, as everything outside the ring sees it.
package typealias Segment = TimedSegment<Timestamp>
/// One on steady time, as the ring stores it.
package typealias SteadySegment = TimedSegment<SteadyTime>

extension TimedSegment<SteadyTime> {
    /// The same on a wall clock that is ahead by `shift`.
    func onWallClock(shift: Duration) -> Segment {
        Segment(
            run: run,
            sequence: sequence,
            name: name,
            mediaStart: mediaStart,
            duration: duration,
            start: start.wallTime(shift: shift),
            end: end.wallTime(shift: shift),
            bytes: bytes,
            startsOnKeyframe: startsOnKeyframe,
            frameInterval: frameInterval,
            isOpen: isOpen,
            gapReason: gapReason,
            pauses: pauses.map { $0.onWallClock(shift: shift) },
            accuracy: accuracy
        )
    }
}
