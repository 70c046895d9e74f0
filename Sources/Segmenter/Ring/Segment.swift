/// One finished media file of a run and where it stands in time.
package struct Segment: Sendable, Hashable {
    package let run: Run
    /// Counts a camera's segments since this program started, across runs.
    package let sequence: Int
    /// The file's name in its run's directory.
    package let name: String
    /// The first frame's moment on the run's media clock.
    package let mediaStart: Duration
    package let duration: Duration
    /// The first frame's moment on the wall clock.
    package let start: Timestamp
    package let bytes: Int
    package let startsOnKeyframe: Bool
    /// The usual distance between two frames.
    package let frameInterval: Duration
    /// Why it does not go on where the segment before it ended, in plain words; nil if it does, or if
    /// nobody knows.
    package let gapReason: String?

    package init(
        run: Run,
        sequence: Int,
        name: String,
        mediaStart: Duration,
        duration: Duration,
        start: Timestamp,
        bytes: Int,
        startsOnKeyframe: Bool,
        frameInterval: Duration,
        gapReason: String? = nil
    ) {
        self.run = run
        self.sequence = sequence
        self.name = name
        self.mediaStart = mediaStart
        self.duration = duration
        self.start = start
        self.bytes = bytes
        self.startsOnKeyframe = startsOnKeyframe
        self.frameInterval = frameInterval
        self.gapReason = gapReason
    }

    /// Whether two stretches of one run's media clock follow each other without a gap.
    package static func isContinuous(from end: Duration, to start: Duration) -> Bool {
        start - end > .milliseconds(-200) && start - end < .milliseconds(200)
    }

    /// Whether `next` goes on where this one ends.
    package func isFollowed(by next: Segment) -> Bool {
        run.id == next.run.id
            && Self.isContinuous(from: mediaStart + duration, to: next.mediaStart)
    }

    package var path: String { run.directory + "/" + name }
    package var end: Timestamp { start + duration }
}
