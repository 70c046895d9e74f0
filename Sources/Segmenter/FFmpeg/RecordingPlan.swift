/// What to do with a camera's streams: copy what players take, encode the rest.
package struct RecordingPlan: Sendable, Hashable {
    package enum Treatment: Sendable, Hashable {
        case copy
        case encode
    }

    package var video: Treatment
    package var audio: Treatment
    /// The video is H.265, whose sample entry players want to be `hvc1`.
    package var isHEVC = false
    /// The input carries no timestamps of its own: stamp its frames as they arrive.
    package var stampsArrival = false
    /// The input is a recording, to be read at its own speed and again from the start.
    package var loops = false
    /// The sound is AAC with a header on each frame (ADTS), as in MPEG-TS; MP4 has one for all.
    package var stripsADTS = false
    /// What a run has taught about the camera since.
    package var lessons = Lessons()

    /// What cannot be known before a run has tried it.
    package struct Lessons: Sendable, Hashable {
        /// What encodes, if the encoder asked for cannot be opened.
        package var encoder: VideoEncoder?
        /// The RTSP camera does not send over TCP.
        package var usesUDP = false
        /// The packets' timestamps are missing or useless: take the moments of their arrival.
        package var stampsPackets = false
        /// What to ask of a V4L2 device.
        package var inputFormat: String?

        package init() {}
    }

    /// The plan for a source that has told nothing yet: what its kind usually sends.
    ///
    /// A wrong guess costs one connection: the first log lines tell, and the run starts anew.
    package init(guessing source: CameraSource) {
        switch source {
        case .rtsp:
            self.init(video: .copy, audio: .copy)
        case .file:
            self.init(video: .copy, audio: .copy, loops: true)
        case .http:
            self.init(video: .encode, audio: .encode, stampsArrival: true)
        case .usb, .testPattern:
            self.init(video: .encode, audio: .encode)
        }
    }

    /// The plan for a source that has told what it sends.
    package init(for input: InputDescription, from source: CameraSource) {
        let video = input.video?.codec ?? ""
        let copiesVideo = ["h264", "hevc", "av1"].contains(video)
        // What both ISO BMFF and HLS (RFC 8216 §3.4 and Apple's authoring rules) carry.
        let copiesAudio = input.audioCodec.map { ["aac", "mp3", "ac3", "eac3"].contains($0) }
        self.init(
            video: copiesVideo ? .copy : .encode,
            // Where there is no sound, none of it is a reason to differ from the guess.
            audio: copiesAudio.map { $0 ? .copy : .encode } ?? Self(guessing: source).audio,
            isHEVC: video == "hevc",
            loops: input.isRecording && source != .testPattern
        )
        stripsADTS = audio == .copy && input.hasADTS
        switch source {
        case .http: stampsArrival = video == "mjpeg"
        // Some formats, such as raw H.264, don't state how long they are.
        case .file: loops = true
        case .usb, .rtsp, .testPattern: break
        }
    }

    private init(
        video: Treatment,
        audio: Treatment,
        isHEVC: Bool = false,
        stampsArrival: Bool = false,
        loops: Bool = false
    ) {
        self.video = video
        self.audio = audio
        self.isHEVC = isHEVC
        self.stampsArrival = stampsArrival
        self.loops = loops
    }
}
