import Testing

@testable import Segmenter

@Suite("V4L2 formats")
struct V4L2FormatsTests {
    /// A Logitech C920 at a Raspberry Pi.
    private static let webcam = """
        [video4linux2,v4l2 @ 0x20485c0] [info] Raw       :     yuyv422 :           YUYV 4:2:2 : 640x480 160x90 1280x720 1920x1080
        [video4linux2,v4l2 @ 0x20485c0] [info] Compressed:        h264 :                H.264 : 640x480 160x90 1280x720
        [video4linux2,v4l2 @ 0x20485c0] [info] Compressed:       mjpeg :          Motion-JPEG : 640x480 160x90 1280x720 1920x1080
        /dev/video0: Immediate exit requested
        """

    /// A Raspberry Pi's own camera, which takes any size within bounds.
    private static let board = """
        [video4linux2,v4l2 @ 0xf0cf70] Raw       :     yuyv422 :           YUYV 4:2:2 : {32-2592, 2}x{32-1944, 2}
        [video4linux2,v4l2 @ 0xf0cf70] Compressed:       mjpeg :            JFIF JPEG : {32-2592, 2}x{32-1944, 2}
        [video4linux2,v4l2 @ 0xf0cf70] Compressed:        h264 :                H.264 : {32-2592, 2}x{32-1944, 2}
        [video4linux2,v4l2 @ 0xf0cf70] Raw       : Unsupported :     YVU 4:2:0 (YV12) : {32-2592, 2}x{32-1944, 2}
        """

    /// Its larger pictures come as MJPEG alone.
    private static let cheap = """
        [video4linux2,v4l2 @ 0x55d] [info] Raw       :     yuyv422 :           YUYV 4:2:2 : 640x480 640x360
        [video4linux2,v4l2 @ 0x55d] [info] Compressed:       mjpeg :          Motion-JPEG : 1280x720 640x480
        """

    private static let metadataNode = """
        [video4linux2,v4l2 @ 0x5581c3e9d2c0] [error] ioctl(VIDIOC_G_INPUT): Inappropriate ioctl for device
        [error] /dev/video1: Inappropriate ioctl for device
        """

    private static func formats(_ log: String) -> V4L2Formats {
        V4L2Formats(log: log.split(separator: "\n").map(String.init))
    }

    @Test("Reads names, kinds and sizes")
    func reading() {
        let formats = Self.formats(Self.webcam).formats
        #expect(formats.map(\.name) == ["yuyv422", "h264", "mjpeg"])
        #expect(formats.map(\.isCompressed) == [false, true, true])
        #expect(formats[1].sizes.map(\.text) == ["640x480", "160x90", "1280x720"])
        #expect(Self.formats(Self.board).formats.map(\.name) == ["yuyv422", "mjpeg", "h264"])
        #expect(Self.formats(Self.board).formats.allSatisfy { $0.sizes.isEmpty })
        #expect(Self.formats(Self.metadataNode).formats.isEmpty)
    }

    @Test(
        "Chooses H.264, else MJPEG where only that has the size, else what the device likes",
        arguments: [
            (webcam, nil, "h264"), (webcam, "1280x720", "h264"), (webcam, "1920x1080", nil),
            (board, nil, "h264"), (board, "1920x1080", "h264"),
            (cheap, nil, nil), (cheap, "640x480", nil), (cheap, "1280x720", "mjpeg"),
            (cheap, "1920x1080", nil), (metadataNode, "640x480", nil),
        ] as [(String, String?, String?)]
    )
    func choice(_ log: String, _ size: String?, _ expected: String?) {
        #expect(Self.formats(log).choice(for: size.flatMap { PictureSize($0) }) == expected)
    }

    @Test("A device that is not there lists nothing")
    func missing() async throws {
        let formats = await V4L2Formats.ask("/dev/video99", ffmpeg: try FFmpeg())
        #expect(formats.formats.isEmpty)
    }
}
