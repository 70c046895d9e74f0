import Testing

@testable import Segmenter

@Suite("Recording plan")
struct RecordingPlanTests {
    private static let rtsp = CameraSource.rtsp(url: "rtsp://192.0.2.7/")
    private static let http = CameraSource.http(url: "http://192.0.2.7/")
    private static let usb = CameraSource.usb(device: "/dev/video0")
    private static let file = CameraSource.file(path: "a.mp4")

    private func plan(
        _ video: String,
        _ audio: String? = nil,
        isRecording: Bool = false,
        in format: String? = nil,
        from source: CameraSource = rtsp
    ) -> RecordingPlan {
        RecordingPlan(
            for: InputDescription(
                format: format,
                video: InputDescription.Video(codec: video),
                audioCodec: audio,
                audioProfile: audio == "aac" ? "LC" : nil,
                isRecording: isRecording
            ),
            from: source
        )
    }

    @Test(
        "Copies the video that players take, encodes the rest",
        arguments: [
            ("h264", .copy), ("hevc", .copy), ("av1", .copy),
            ("mjpeg", .encode), ("rawvideo", .encode), ("mpeg4", .encode), ("vp9", .encode),
        ] as [(String, RecordingPlan.Treatment)]
    )
    func video(_ codec: String, _ treatment: RecordingPlan.Treatment) {
        #expect(plan(codec).video == treatment)
        #expect(plan(codec).isHEVC == (codec == "hevc"))
    }

    @Test(
        "Copies the sound that MP4 and HLS carry, encodes the rest",
        arguments: [
            ("aac", .copy), ("mp3", .copy), ("ac3", .copy), ("eac3", .copy),
            ("pcm_alaw", .encode), ("pcm_mulaw", .encode), ("opus", .encode),
            ("adpcm_g726", .encode),
        ] as [(String, RecordingPlan.Treatment)]
    )
    func audio(_ codec: String, _ treatment: RecordingPlan.Treatment) {
        #expect(plan("h264", codec).audio == treatment)
    }

    @Test("AAC that does not say how it is decoded is encoded; a header on each frame is stripped")
    func peculiarAAC() {
        var input = InputDescription(format: "rtsp", video: .init(codec: "h264"), audioCodec: "aac")
        #expect(RecordingPlan(for: input, from: Self.rtsp).audio == .encode)
        input.audioProfile = "LC"
        let plan = RecordingPlan(for: input, from: Self.rtsp)
        #expect(plan.audio == .copy && plan.stripsADTS)
    }

    @Test(
        "Of a looped file AAC with such headers is encoded: their filter ends with the first round"
    )
    func loopedADTS() {
        let input = InputDescription(
            format: "mpegts",
            video: .init(codec: "h264"),
            audioCodec: "aac",
            audioProfile: "LC",
            isRecording: true,
            hasADTS: true
        )
        #expect(RecordingPlan(for: input, from: Self.file).audio == .encode)
        #expect(RecordingPlan(for: input, from: Self.http).audio == .encode)
    }

    @Test("MJPEG with timestamps and sound, as in ASF, keeps both")
    func timedPictures() {
        let input = InputDescription(
            format: "asf",
            video: .init(codec: "mjpeg"),
            audioCodec: "adpcm_ima_wav"
        )
        #expect(!RecordingPlan(for: input, from: Self.http).stampsArrival)
    }

    @Test("A live playlist is begun with its newest segment")
    func playlist() {
        var input = InputDescription(format: "hls", video: .init(codec: "h264"))
        #expect(RecordingPlan(for: input, from: Self.http).isPlaylist)
        input.isRecording = true
        #expect(!RecordingPlan(for: input, from: Self.http).isPlaylist)
    }

    @Test("Stamps the frames of MJPEG over HTTP as they arrive, no others")
    func arrivalStamps() {
        #expect(plan("mjpeg", in: "mpjpeg", from: Self.http).stampsArrival)
        #expect(!plan("h264", from: Self.http).stampsArrival)
        #expect(!plan("mjpeg", from: Self.usb).stampsArrival)
        #expect(!plan("mjpeg", from: Self.rtsp).stampsArrival)
    }

    @Test("Loops every file, and a recording that is served over HTTP")
    func loops() {
        #expect(plan("h264", isRecording: true, from: Self.file).loops)
        #expect(plan("h264", isRecording: false, from: Self.file).loops)
        #expect(plan("h264", isRecording: true, from: Self.http).loops)
        #expect(!plan("h264", isRecording: false, from: Self.http).loops)
        #expect(!plan("h264", from: Self.rtsp).loops)
    }

    @Test(
        "Guesses right what each kind of source usually sends",
        arguments: [
            (rtsp, LogSamples.rtspH264AAC),
            (usb, LogSamples.usbRaw),
            (usb, LogSamples.usbMJPEG),
            (file, LogSamples.file),
            (.testPattern, LogSamples.lavfi),
        ] as [(CameraSource, String)]
    )
    func guesses(_ source: CameraSource, _ sample: String) throws {
        var log = FFmpegLog(secrets: Secrets(of: source))
        let found = sample.split(separator: "\n").compactMap { log.add(String($0)) }
        let plan = RecordingPlan(for: try #require(found.first), from: source)
        #expect(plan == RecordingPlan(guessing: source))
    }
}

extension RecordingPlanTests {
    @Test("The first bytes of MJPEG over HTTP make the plan that ffmpeg's description makes")
    func beginnings() throws {
        let source = CameraSource.http(url: "http://192.0.2.7/")
        var log = FFmpegLog(secrets: Secrets(of: source))
        let lines = LogSamples.mjpegOverHTTP.split(separator: "\n")
        let found = try #require(lines.compactMap { log.add(String($0)) }.first)
        let size = PictureSize(width: 640, height: 360)
        let beginning = StreamBeginning.pictures(.init(haveLengths: true, size: size))
        #expect(RecordingPlan(for: found, from: source) == RecordingPlan(from: beginning))
        #expect(RecordingPlan(from: .other).video == .copy)
    }
}
