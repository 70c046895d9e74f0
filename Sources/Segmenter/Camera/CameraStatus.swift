/// How a camera stands at one moment.
package struct CameraStatus: Sendable {
    package enum State: String, Sendable {
        /// ffmpeg runs, but no footage has come yet.
        case starting
        case live
        /// Footage comes, but late: what is newest was taken a while ago.
        case lagging
        /// ffmpeg runs, but footage has stopped coming.
        case stalled
        /// ffmpeg does not run; another attempt follows.
        case down
        case disabled

        /// Footage comes, be it late.
        package var isRecording: Bool { self == .live || self == .lagging }
    }

    package var state: State
    /// In plain words, without secrets; nil when there is nothing to say.
    package var reason: String?
    /// Since when it has been in this state.
    package var since: Timestamp
    /// What the source said it sends; nil until it has.
    package var input: InputDescription?
    /// The newest run's recorded tracks; nil until there is a segment.
    package var media: InitSegment?
    /// What the present run does with what the source sends; nil before the first.
    package var plan: RecordingPlan?
    /// What the newest run's frames have been measured to be.
    package var profiler = StreamProfiler()
    /// How the newest run's media clock goes; nil in its first second.
    package var clock: ClockFigures?
    /// How far the newest footage lies behind the present, beyond what is usual; nil if it does not.
    package var lag: Duration?
    /// Where recording differs from what was asked for, and why; in plain words.
    package var notices: [String] = []
    /// The storage's file system dates changes by another clock, or coarsely.
    package var hasForeignFileTimes = false
    /// The run began with sound, and none has come for a while.
    package var lacksSound = false
    /// How often ffmpeg was started again.
    package var restarts = 0
}
