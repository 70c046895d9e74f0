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
        from source: CameraSource = rtsp
    ) -> RecordingPlan {
        RecordingPlan(
            for: InputDescription(
                video: InputDescription.Video(codec: video),
                audioCodec: audio,
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

    @Test("Stamps the frames of MJPEG over HTTP as they arrive, no others")
    func arrivalStamps() {
        #expect(plan("mjpeg", from: Self.http).stampsArrival)
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
            (http, LogSamples.mjpegOverHTTP),
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
