import Testing

@testable import Segmenter

@Suite("Held frames")
struct HeldFramesTests {
    private static let rtsp = CameraSource.rtsp(url: "rtsp://192.0.2.7/")
    private static let http = CameraSource.http(url: "http://192.0.2.7/")
    private static let usb = CameraSource.usb(device: "/dev/video0")

    private func held(
        _ format: String,
        _ codec: String,
        from source: CameraSource = http,
        framesHaveLengths: Bool = false
    ) -> Int {
        HeldFrames.count(
            of: InputDescription(
                format: format,
                video: InputDescription.Video(codec: codec)
            ),
            from: source,
            framesHaveLengths: framesHaveLengths
        )
    }

    @Test(
        "Each format holds as many frames back as was measured",
        arguments: [
            ("rtsp", "h264", 1), ("rtsp", "hevc", 1), ("rtsp", "mpeg4", 1), ("rtsp", "mjpeg", 0),
            ("mpegts", "h264", 2), ("mpegts", "hevc", 2), ("hls", "h264", 2), ("flv", "h264", 0),
            ("mov,mp4,m4a,3gp,3g2,mj2", "h264", 0), ("matroska,webm", "vp9", 0),
            ("asf", "mjpeg", 1), ("asf", "h264", 2), ("h264", "h264", 1), ("mjpeg", "mjpeg", 1),
            ("video4linux2,v4l2", "mjpeg", 0), ("video4linux2,v4l2", "h264", 0),
            ("lavfi", "wrapped_avframe", 0),
        ] as [(String, String, Int)]
    )
    func formats(_ format: String, _ codec: String, _ count: Int) {
        #expect(held(format, codec) == count)
    }

    @Test("Multipart MJPEG waits for the next picture unless each states its length")
    func multipart() {
        #expect(held("mpjpeg", "mjpeg", framesHaveLengths: true) == 0)
        #expect(held("mpjpeg", "mjpeg", framesHaveLengths: false) == 1)
        // The bare reader looks for the next picture whatever stands before it.
        #expect(held("mjpeg", "mjpeg", framesHaveLengths: true) == 1)
    }

    @Test("Before ffmpeg has said what comes, it is what such a source usually sends")
    func unknown() {
        #expect(HeldFrames.count(of: nil, from: Self.rtsp, framesHaveLengths: false) == 1)
        #expect(HeldFrames.count(of: nil, from: Self.usb, framesHaveLengths: false) == 0)
        #expect(HeldFrames.count(of: nil, from: .testPattern, framesHaveLengths: false) == 0)
    }
}
