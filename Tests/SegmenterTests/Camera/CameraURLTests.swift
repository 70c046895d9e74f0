import Testing

@testable import Segmenter

@Suite("Camera URL")
struct CameraURLTests {
    @Test(
        "Escapes what a user name and a password must not hold, and nothing else",
        arguments: [
            ("rtsp://192.0.2.7/live?a=b@c", "rtsp://192.0.2.7/live?a=b@c"),
            ("rtsp://admin:s3cret@192.0.2.7/a@b", "rtsp://admin:s3cret@192.0.2.7/a@b"),
            ("rtsp://admin:a%2Fb%40@192.0.2.7/", "rtsp://admin:a%2Fb%40@192.0.2.7/"),
            ("rtsp://admin:100%@192.0.2.7/", "rtsp://admin:100%25@192.0.2.7/"),
            ("rtsp://admin:100%2@192.0.2.7/", "rtsp://admin:100%252@192.0.2.7/"),
            ("rtsp://admin:a:b@192.0.2.7/", "rtsp://admin:a%3Ab@192.0.2.7/"),
            ("rtsp://admin:a#b?c/d@cam:554/", "rtsp://admin:a%23b%3Fc%2Fd@cam:554/"),
            ("http://a dmin:ö@192.0.2.7/", "http://a%20dmin:%C3%B6@192.0.2.7/"),
            ("http://:p@192.0.2.7/", "http://:p@192.0.2.7/"),
        ]
    )
    func escaping(_ url: String, _ expected: String) throws {
        #expect(try #require(CameraURL(url)).escaped == expected)
    }

    @Test("Text without :// is no URL")
    func noURL() {
        #expect(CameraURL("/dev/video0") == nil)
    }
}
