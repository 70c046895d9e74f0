import Testing

@testable import Segmenter

@Suite("Input description")
struct InputDescriptionTests {
    private typealias Video = InputDescription.Video

    /// What the parser makes of a log's lines, without their levels.
    private func parse(_ log: String) -> InputDescription? {
        var parser = InputLogParser()
        let lines = log.split(separator: "\n").map { $0.replacing("[info] ", with: "") }
        return lines.reduce(nil) { found, line in found ?? parser.add(line) }
    }

    private static func video(
        _ codec: String,
        _ width: Int?,
        _ height: Int?,
        _ rate: Double?
    ) -> Video {
        Video(codec: codec, width: width, height: height, framesPerSecond: rate)
    }

    @Test(
        "Reads what ffmpeg says of a live source",
        arguments: [
            (LogSamples.rtspH264AAC, "rtsp", video("h264", 640, 360, 25), "aac"),
            (LogSamples.rtspG711, "rtsp", video("h264", 640, 360, 25), "pcm_alaw"),
            (LogSamples.rtspH265, "rtsp", video("hevc", 640, 360, 25), nil),
            (LogSamples.transportStream, "mpegts", video("h264", 320, 180, 25), "aac"),
            (LogSamples.mjpegOverHTTP, "mpjpeg", video("mjpeg", 640, 360, 25), nil),
            (LogSamples.usbRaw, "video4linux2,v4l2", video("rawvideo", 640, 480, 30), nil),
            (LogSamples.usbMJPEG, "video4linux2,v4l2", video("mjpeg", 1280, 720, 29.97), nil),
            (LogSamples.lavfi, "lavfi", video("rawvideo", 320, 180, 25), "pcm_s16le"),
        ] as [(String, String, InputDescription.Video, String?)]
    )
    func live(
        _ log: String,
        _ format: String,
        _ video: InputDescription.Video,
        _ audioCodec: String?
    ) {
        let found = parse(log)
        #expect(found?.format == format)
        #expect(found?.video == video)
        #expect(found?.audioCodec == audioCodec)
        #expect(found?.isRecording == false && found?.hasTimestamps == true)
        // Only MPEG-TS puts a header on each frame of AAC.
        #expect(found?.hasADTS == (log == LogSamples.transportStream))
    }

    @Test(
        "Fragmented MP4 of unknown size is live, whatever its duration; a file is not",
        arguments: [("N/A", false), ("228 kb/s", true)]
    )
    func endlessMovie(_ bitRate: String, _ isRecording: Bool) {
        let log = """
            [info] Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'http://127.0.0.1:9131/x.mp4':
            [info]   Duration: 00:00:01.04, start: 0.000000, bitrate: \(bitRate)
            [info]   Stream #0:0: Video: h264 (avc1 / 0x31637661), yuv420p, 320x180, 25 fps, 25 tbr
            [info] Stream mapping:
            """
        #expect(parse(log)?.isRecording == isRecording)
    }

    @Test(
        "Tells AAC's profile, which says how it is decoded, from its tag",
        arguments: [
            ("aac (LC), 16000 Hz, mono, fltp", "LC"), ("aac, 16000 Hz, mono, fltp", nil),
            ("aac (HE-AAC) (mp4a / 0x6134706D), 48000 Hz, stereo", "HE-AAC"),
            ("aac (mp4a / 0x6134706D), 48000 Hz, stereo", nil),
            ("aac (LC) ([15][0][0][0] / 0x000F), 44100 Hz, mono, fltp, 71 kb/s", "LC"),
            ("aac ([15][0][0][0] / 0x000F), 44100 Hz", nil),
        ] as [(String, String?)]
    )
    func audioProfile(_ words: String, _ profile: String?) {
        let log = """
            [info] Input #0, rtsp, from 'rtsp://192.0.2.7/':
            [info]   Stream #0:0: Audio: \(words)
            [info] Stream mapping:
            """
        #expect(parse(log)?.audioProfile == profile)
    }

    @Test(
        "Tells a source of which it saw no timestamps",
        arguments: [
            (LogSamples.rtspUnprobed, "rtsp", video("h264", nil, nil, nil), "aac"),
            (LogSamples.rawH264, "h264", video("h264", 320, 180, 25), nil),
        ] as [(String, String, InputDescription.Video, String?)]
    )
    func timeless(
        _ log: String,
        _ format: String,
        _ video: InputDescription.Video,
        _ audioCodec: String?
    ) {
        let expected = InputDescription(
            format: format,
            video: video,
            audioCodec: audioCodec,
            hasTimestamps: false
        )
        #expect(parse(log) == expected)
    }

    @Test(
        "Knows which formats have no timestamps",
        arguments: [
            ("h264", false), ("mpjpeg", false), ("rtsp", true), ("mov,mp4,m4a,3gp,3g2,mj2", true),
            (nil, true),
        ]
    )
    func timestamps(_ format: String?, _ has: Bool) {
        #expect(InputDescription(format: format).isTimedFormat == has)
    }

    @Test("A file that states its length is a recording")
    func recording() {
        let video = Self.video("h264", 320, 180, 25)
        let format = "mov,mp4,m4a,3gp,3g2,mj2"
        let expected = InputDescription(format: format, video: video, isRecording: true)
        #expect(parse(LogSamples.file) == expected)
    }

    @Test("An input without picture is described too")
    func soundOnly() {
        let expected = InputDescription(
            format: "wav",
            audioCodec: "pcm_s16le",
            isRecording: true,
            hasTimestamps: false
        )
        #expect(parse(LogSamples.soundOnly) == expected)
    }

    @Test("Only the first of several streams of a kind counts")
    func severalStreams() {
        let log = """
            Input #0, mpegts, from 'http://127.0.0.1/':
              Duration: N/A, start: 1.400000, bitrate: N/A
              Stream #0:0[0x100]: Video: hevc (Main), yuv420p(tv), 1920x1080, 50 fps, 50 tbr, 90k tbn
              Stream #0:1[0x101]: Video: h264 (High), yuv420p, 640x360, 25 fps, 25 tbr, 90k tbn
              Stream #0:2[0x102]: Audio: mp2, 48000 Hz, stereo, s16p, 192 kb/s
              Stream #0:3[0x103]: Audio: aac (LC), 48000 Hz, stereo, fltp, 128 kb/s
            Stream mapping:
            """
        let video = Self.video("hevc", 1920, 1080, 50)
        let expected = InputDescription(format: "mpegts", video: video, audioCodec: "mp2")
        #expect(parse(log) == expected)
    }

    @Test("The output's streams are never taken for the input's")
    func onlyOnce() {
        var parser = InputLogParser()
        var found: [InputDescription] = []
        for line in (LogSamples.lavfi + "\n" + LogSamples.file).split(separator: "\n") {
            if let input = parser.add(line.replacing("[info] ", with: "")) { found.append(input) }
        }
        #expect(found.count == 1)
    }

    @Test("Says nothing before it has seen an input as a whole")
    func incomplete() {
        #expect(parse("Output #0, hls, to 'index.m3u8':\n  Stream #0:0: Video: h264") == nil)
        #expect(parse("Input #0, rtsp, from 'rtsp://127.0.0.1/':\n  Duration: N/A") == nil)
    }
}
