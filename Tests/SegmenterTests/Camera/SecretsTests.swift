import Testing

@testable import Segmenter

@Suite("Secrets")
struct SecretsTests {
    @Test(
        "Hides user names, passwords and queries",
        arguments: [
            ("rtsp://192.0.2.7:554/live", "rtsp://192.0.2.7:554/live"),
            ("rtsp://admin@192.0.2.7/live", "rtsp://***@192.0.2.7/live"),
            ("rtsp://admin:s3cret@192.0.2.7/live", "rtsp://***@192.0.2.7/live"),
            ("rtsp://admin:@192.0.2.7/live", "rtsp://***@192.0.2.7/live"),
            ("rtsp://:s3cret@192.0.2.7/live", "rtsp://***@192.0.2.7/live"),
            ("rtsp://admin:s3:cr:et@192.0.2.7/live", "rtsp://***@192.0.2.7/live"),
            ("rtsp://admin:s3@cr@et@192.0.2.7/live", "rtsp://***@192.0.2.7/live"),
            ("rtsp://admin:s3%40cr%2Fet@192.0.2.7/live", "rtsp://***@192.0.2.7/live"),
            ("rtsp://admin:s3#cret@192.0.2.7/live", "rtsp://***@192.0.2.7/live"),
            ("rtsp://admin:s3cret@[2001:db8::7]:554/live", "rtsp://***@[2001:db8::7]:554/live"),
            ("rtsp://admin:pässwörd@192.0.2.7/live", "rtsp://***@192.0.2.7/live"),
            ("rtsp://admin:s3cret@192.0.2.7", "rtsp://***@192.0.2.7"),
            ("rtsp://192.0.2.7/live@main", "rtsp://192.0.2.7/live@main"),
            ("http://192.0.2.7/cgi?user=a&pwd=s3cret", "http://192.0.2.7/cgi?***"),
            ("http://192.0.2.7?pwd=s3cret@x", "http://192.0.2.7?***"),
            ("http://admin:s3cret@192.0.2.7/cgi?pwd=other", "http://***@192.0.2.7/cgi?***"),
            ("http://192.0.2.7/cgi?", "http://192.0.2.7/cgi?"),
            ("rtsp://admin:s3/cr/et@192.0.2.7/live", "rtsp://***@192.0.2.7/live"),
            ("rtsp://admin:12/34@192.0.2.7:554/live", "rtsp://***@192.0.2.7:554/live"),
            ("rtsp://admin:s3?cr#et@192.0.2.7/live", "rtsp://***@192.0.2.7/live"),
            ("rtsp://admin:s@3/c@r?et@192.0.2.7/live", "rtsp://***@192.0.2.7/live"),
            ("rtsp://admin:s3%cr%@192.0.2.7/live", "rtsp://***@192.0.2.7/live"),
            ("rtsp://admin:s/3@192.0.2.7/l?pwd=other", "rtsp://***@192.0.2.7/l?***"),
            ("rtsp://admin:s3cret@192.0.2.7/live@main", "rtsp://***@192.0.2.7/live@main"),
            ("rtsp://192.0.2.7:554/live@main", "rtsp://192.0.2.7:554/live@main"),
            ("rtsp://[2001:db8::7]:554/live@main", "rtsp://[2001:db8::7]:554/live@main"),
            ("rtsp://camera/live@main", "rtsp://camera/live@main"),
        ]
    )
    func urls(_ url: String, _ expected: String) throws {
        let source = try #require(CameraSource(parsing: url))
        #expect(Secrets(of: source).redact(url) == expected)
    }

    @Test("Hides the password and the query wherever they stand in a text")
    func texts() {
        let secrets = Secrets(of: .http(url: "http://admin:s3cret@192.0.2.7/cgi?pwd=other"))
        #expect(secrets.redact("user admin, password s3cret") == "user admin, password ***")
        #expect(
            secrets.redact("GET /cgi?pwd=other failed twice: pwd=other")
                == "GET /cgi?*** failed twice: ***"
        )
        #expect(secrets.redact("Connection refused") == "Connection refused")
    }

    @Test("Hides a careless password in the form in which ffmpeg gets it, too")
    func escaped() throws {
        let url = "rtsp://admin:p/a?s@s:w%d@192.0.2.7/live"
        let secrets = Secrets(of: .rtsp(url: url))
        let escaped = try #require(CameraURL(url)?.escaped)
        #expect(escaped == "rtsp://admin:p%2Fa%3Fs%40s%3Aw%25d@192.0.2.7/live")
        #expect(secrets.redact("\(escaped): 401") == "rtsp://***@192.0.2.7/live: 401")
        #expect(secrets.redact("password p%2Fa%3Fs%40s%3Aw%25d") == "password ***")
        #expect(secrets.redact("password p/a?s@s:w%d") == "password ***")
    }

    @Test(
        "A source that is no URL has none",
        arguments: [
            CameraSource.testPattern, .usb(device: "/dev/video0"), .file(path: "a:b@c?d.mp4"),
        ]
    )
    func none(_ source: CameraSource) {
        #expect(Secrets(of: source).redact("a:b@c?d.mp4") == "a:b@c?d.mp4")
    }
}
