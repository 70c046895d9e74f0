/// How a run stands, as its files show.
struct RunReport: Sendable {
    /// What it records; nil before its first fragment.
    var media: InitSegment?
    var profiler = StreamProfiler()
    /// How its media clock goes; nil until that is settled.
    var clock: ClockFigures?
    /// When something last came; nil before the first fragment.
    var newestGrowth: ContinuousClock.Instant?
    /// The longest time in which nothing came, between two growths.
    var longestWait = Duration.zero
    /// The distance between the camera's frames, as far as it is known.
    var usualInterval: Duration?
    /// How much has come since the last keyframe, by the media clock.
    var sinceKeyframe = Duration.zero
    /// It began with sound, and none has come for a while.
    var lacksSound = false
    /// How far the newest footage lay behind when it came, beyond what is usual.
    var lag = Duration.zero
    /// Something of it is in the ring.
    var isPlaced = false
    /// The storage's file system dates changes by another clock, or coarsely.
    var hasForeignFileTimes = false

    /// What the camera should be set to do otherwise, in plain words.
    ///
    /// - Parameter bufferDuration: how much the ring holds.
    func notices(bufferDuration: Duration) -> [String] {
        var notices: [String] = []
        if sinceKeyframe > bufferDuration {
            notices.append(
                "no keyframe for longer than the ring holds (\(Int(bufferDuration.seconds)) s): "
                    + "set a shorter keyframe interval (GOP) in the camera"
            )
        }
        if lacksSound { notices.append("the camera has stopped sending sound") }
        return notices
    }
}
