/// How a camera stands at one moment.
package struct CameraStatus: Sendable {
    package enum State: String, Sendable {
        /// ffmpeg runs, but no footage has come yet.
        case starting
        case live
        /// ffmpeg runs, but footage has stopped coming.
        case stalled
        /// ffmpeg does not run; another attempt follows.
        case down
        case disabled
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
    /// How often ffmpeg was started again.
    package var restarts = 0
}
