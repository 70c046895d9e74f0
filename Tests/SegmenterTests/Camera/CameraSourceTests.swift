import Testing

@testable import Segmenter

@Suite("Camera source")
struct CameraSourceTests {
    @Test(
        "Reads sources as people write them",
        arguments: [
            ("", .testPattern),
            ("test", .testPattern),
            ("0", .usb(device: "/dev/video0")),
            ("12", .usb(device: "/dev/video12")),
            ("/dev/video1", .usb(device: "/dev/video1")),
            (
                "/dev/v4l/by-id/usb-046d_C920-video-index0",
                .usb(device: "/dev/v4l/by-id/usb-046d_C920-video-index0")
            ),
            ("rtsp://192.0.2.7/live", .rtsp(url: "rtsp://192.0.2.7/live")),
            ("RTSP://192.0.2.7/live", .rtsp(url: "RTSP://192.0.2.7/live")),
            ("rtsps://admin:a:b@192.0.2.7", .rtsp(url: "rtsps://admin:a:b@192.0.2.7")),
            ("http://192.0.2.7/video", .http(url: "http://192.0.2.7/video")),
            ("https://192.0.2.7/live.m3u8", .http(url: "https://192.0.2.7/live.m3u8")),
            ("file:///videos/a.mp4", .file(path: "/videos/a.mp4")),
            ("/videos/a.mp4", .file(path: "/videos/a.mp4")),
            ("videos/12:30.mp4", .file(path: "videos/12:30.mp4")),
            ("100000", .file(path: "100000")),
        ] as [(String, CameraSource)]
    )
    func parses(_ text: String, _ expected: CameraSource) {
        #expect(CameraSource(parsing: text) == expected)
    }

    @Test(
        "Refuses URLs of schemes that no camera has",
        arguments: ["ftp://192.0.2.7/a.mp4", "concat://a", "rtspx://192.0.2.7", "://192.0.2.7"]
    )
    func refuses(_ text: String) {
        #expect(CameraSource(parsing: text) == nil)
    }

    @Test(
        "A file's path becomes absolute, everything else stays",
        arguments: [
            (.file(path: "a.mp4"), .file(path: "/home/someone/a.mp4")),
            (.file(path: "/a.mp4"), .file(path: "/a.mp4")),
            (.usb(device: "/dev/video0"), .usb(device: "/dev/video0")),
            (.rtsp(url: "rtsp://192.0.2.7/a"), .rtsp(url: "rtsp://192.0.2.7/a")),
            (.testPattern, .testPattern),
        ] as [(CameraSource, CameraSource)]
    )
    func resolves(_ source: CameraSource, _ expected: CameraSource) {
        #expect(source.resolved(against: "/home/someone") == expected)
    }

    @Test(
        "Is described without secrets and without the server's folders",
        arguments: [
            (.testPattern, "test", "test pattern"),
            (.usb(device: "/dev/video0"), "usb", "/dev/video0"),
            (.rtsp(url: "rtsp://admin:s3cret@192.0.2.7/live"), "rtsp", "rtsp://***@192.0.2.7/live"),
            (.http(url: "http://192.0.2.7/video?pwd=s3cret"), "http", "http://192.0.2.7/video?***"),
            (.file(path: "/home/someone/a.mp4"), "file", "a.mp4"),
        ] as [(CameraSource, String, String)]
    )
    func description(_ source: CameraSource, _ kind: String, _ description: String) {
        #expect(source.kind == kind)
        #expect(source.description == description)
    }
}
