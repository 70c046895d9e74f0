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
    /// How large the pictures are that get encoded, where they may change under way; nil if that is unknown.
    package var pictureSize: PictureSize?
    /// The input is a recording, to be read at its own speed and again from the start.
    package var loops = false
    /// The sound is AAC that may have a header on each frame (ADTS), as in MPEG-TS and, against RFC 3640, from
    /// some RTSP cameras; MP4 has one for all.
    package var stripsADTS = false
    /// The sound says only in its packets how it is decoded.
    var needsDelayedHeader = false
    /// The input is a live HLS playlist: begin with its newest segment.
    package var isPlaylist = false
    /// What a run has taught about the camera since.
    package var lessons = Lessons()

    /// The stamps of its frames are the moments of their arrival.
    var isStampedByArrival: Bool { stampsArrival || lessons.stampsPackets }

    /// The plan for a source that has told nothing yet: what its kind usually sends.
    ///
    /// A wrong guess costs one connection: the first log lines tell, and the run starts anew.
    package init(guessing source: CameraSource) {
        switch source {
        case .rtsp:
            self.init(video: .copy, audio: .copy)
            stripsADTS = true
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
        let loops = source != .testPattern && (source.isLive ? input.isRecording : true)
        self.init(
            video: copiesVideo ? .copy : .encode,
            // Where there is no sound, none of it is a reason to differ from the guess.
            audio: Self.audio(of: input, loops: loops) ?? Self(guessing: source).audio,
            isHEVC: video == "hevc",
            loops: loops
        )
        stripsADTS =
            input.audioCodec == nil
            ? Self(guessing: source).stripsADTS
            : audio == .copy && input.audioCodec == "aac" && !loops
        needsDelayedHeader =
            audio == .copy && (input.hasADTS || ["ac3", "eac3"].contains(input.audioCodec))
        isPlaylist = input.format == "hls" && !loops
        if self.video == .encode, let width = input.video?.width, let height = input.video?.height {
            switch source {
            case .rtsp, .http: pictureSize = PictureSize(width: width, height: height)
            case .usb, .file, .testPattern: break
            }
        }
        switch source {
        // By its own timestamps, where the format has them, it stays with its sound.
        case .http: stampsArrival = video == "mjpeg" && !input.isTimedFormat
        case .usb, .rtsp, .file, .testPattern: break
        }
    }

    /// Nil without sound.
    private static func audio(of input: InputDescription, loops: Bool) -> Treatment? {
        // What both ISO BMFF and HLS (RFC 8216 §3.4 and Apple's authoring rules) carry.
        let carried = ["aac", "mp3", "ac3", "eac3"]
        guard let codec = input.audioCodec else { return nil }
        guard carried.contains(codec) else { return .encode }
        // Without its configuration players cannot decode it; ffmpeg's decoder gets by.
        if codec == "aac", input.audioProfile == nil { return .encode }
        // The filter that strips its headers gives nothing after the file's first round.
        return loops && input.hasADTS ? .encode : .copy
    }

    /// The plan for an HTTP source of which only the first bytes are known.
    init(from beginning: StreamBeginning) {
        switch beginning {
        case .pictures(let pictures):
            self.init(video: .encode, audio: .encode, stampsArrival: true)
            pictureSize = pictures.size
            lessons.readsBareJPEG = !pictures.haveLengths
        case .other:
            self.init(video: .copy, audio: .copy)
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
