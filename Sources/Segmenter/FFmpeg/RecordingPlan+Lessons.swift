extension RecordingPlan {
    /// What becomes of the sound that a camera announces.
    package enum Sound: Sendable, Hashable {
        case recorded
        /// None comes: the picture alone is recorded, and the log tells when sound comes.
        case awaited
        /// It comes, but does not fit to the picture.
        case ignored
        /// It cannot be read: the camera is not even asked for it.
        case refused
    }

    /// What cannot be known before a run has tried it.
    package struct Lessons: Sendable, Hashable {
        /// What encodes, if the encoder asked for cannot be opened.
        package var encoder: VideoEncoder?
        /// The RTSP camera does not send over TCP.
        package var usesUDP = false
        /// The packets' timestamps are missing or useless: take the moments of their arrival.
        package var stampsPackets = false
        /// The pictures of MJPEG are told apart by where they begin alone: what stands between them
        /// is off standard, or does not state how long they are.
        package var readsBareJPEG = false
        /// By what the video's timestamps have to be multiplied.
        package var timeScale: Double?
        /// The video has to be encoded although players would take it.
        package var encodesVideo = false
        /// The video comes long after the sound.
        package var awaitsVideo = false
        package var sound = Sound.recorded
        /// What to ask of a V4L2 device.
        package var inputFormat: String?

        package init() {}
    }

    /// The plan by what runs have taught since.
    func following(_ lessons: Lessons) -> RecordingPlan {
        var plan = self
        plan.lessons = lessons
        if lessons.encodesVideo { plan.video = .encode }
        if lessons.stampsPackets {
            // By its own timestamps the sound would part from a picture that is timed by arrival, and packets
            // that come in bursts would overlap: its samples are fitted to the moments of arrival.
            (plan.audio, plan.stripsADTS) = (.encode, false)
        }
        return plan
    }
}
