import Archive
import HTTP
import Segmenter
import Testing

@testable import Server

@Suite("Settings")
struct SettingsTests {
    private func settings(
        _ values: [String: String],
        file: String = ""
    ) throws(UsageError) -> Settings {
        try Settings(values) { (_) throws(UsageError) in file }
    }

    @Test("Without any, the test pattern is recorded, for this machine alone")
    func standard() throws {
        let settings = try settings([:])
        #expect(settings.port == 3001 && settings.host == "127.0.0.1")
        #expect(settings.usesTestPattern && settings.cameras.map(\.source) == [.testPattern])
        #expect(settings.cameras[0].bufferDuration == .seconds(60))
        #expect(settings.cameras[0].segmentDuration == .seconds(2))
        #expect(settings.cameras[0].encoding == .init(preset: "veryfast", crf: 23))
        #expect(settings.storagePath == "./storage")
        #expect(settings.databasePath == "./storage/database.db")
        #expect(settings.retention == Retention(minFree: 1_000_000_000))
        #expect(settings.maxClipDuration == nil)
    }

    @Test(
        "One camera comes from a setting of its own",
        arguments: [
            (["CAMERA_SOURCE": "0"], CameraSource.usb(device: "/dev/video0")),
            (["CAMERA_SOURCE": "/dev/video2"], .usb(device: "/dev/video2")),
            (["CAMERA_SOURCE": "film.mp4"], .file(path: "film.mp4")),
            (["CAMERA_SOURCE": "test"], .testPattern),
            (["RTSP_URL": "rtsp://h/1"], .rtsp(url: "rtsp://h/1")),
            (["HTTP_URL": "https://h/1"], .http(url: "https://h/1")),
            (["CAMERA_SOURCE": "", "HTTP_URL": "http://h"], .http(url: "http://h")),
        ]
    )
    func oneCamera(values: [String: String], source: CameraSource) throws {
        let settings = try settings(values)
        #expect(settings.cameras.map(\.source) == [source])
        #expect(!settings.usesTestPattern)
    }

    @Test("A key opens the server to other machines; its absence does not, unless it is said")
    func host() throws {
        #expect(try settings(["API_KEY": "x"]).host == "0.0.0.0")
        #expect(try settings(["ALLOW_ANONYMOUS": "true"]).host == "0.0.0.0")
        #expect(try settings(["HOST": "127.0.0.2"]).host == "127.0.0.2")
        #expect(throws: UsageError.self) { try settings(["HOST": "192.168.1.2"]) }
    }

    @Test(
        "What cannot be meant is refused, with the setting's name",
        arguments: [
            ("PORT", "x"), ("PORT", "65536"), ("BUFFER_DURATION", "5"), ("BUFFER_DURATION", "nan"),
            ("SEGMENT_DURATION", "0"), ("MAX_CLIPS", "0"), ("FFMPEG_CRF", "52"),
            ("MAX_CLIP_DURATION", "9"), ("MAX_CLIP_DURATION", "86401"),
            ("MAX_AGE_DAYS", "0"), ("MAX_AGE_DAYS", "a week"), ("MAX_STORAGE_GB", "0"),
            ("MAX_STORAGE_GB", "1TB"), ("MIN_FREE_GB", "-1"),
            ("FFMPEG_PRESET", "quick"), ("FFMPEG_ENCODER", "h265_vaapi"),
            ("VIDEO_SIZE", "1280"), ("VIDEO_SIZE", "1281x720"), ("VIDEO_RATE", "0"),
            ("VIDEO_RATE", "fast"), ("PIXEL_FORMAT", "YUYV 4:2:2"), ("ALLOW_ANONYMOUS", "maybe"),
            ("RTSP_URL", "http://h"),
            ("HTTP_URL", "rtsp://h"), ("CAMERA_SOURCE", "ftp://h/x"),
            ("HTTP_MAX_REQUEST_LINE", "63"), ("HTTP_MAX_HEADER_BYTES", "32k"),
            ("HTTP_MAX_HEADERS", "0"), ("HTTP_MAX_BODY", "0"), ("HTTP_MAX_CONNECTIONS", "-1"),
            ("HTTP_MAX_CONNECTIONS_PER_ADDRESS", "0"), ("HTTP_HEADER_TIMEOUT", "0"),
            ("HTTP_BODY_TIMEOUT", "3601"), ("HTTP_IDLE_TIMEOUT", "inf"),
            ("HTTP_SEND_TIMEOUT", "1m"), ("HTTP_DRAIN_TIMEOUT", "-1"), ("ACCESS_LOG", "common"),
            ("ACCESS_LOG_PATH", "access.log"), ("CAMERA_LATENCY", "-0.1"), ("CAMERA_LATENCY", "11"),
        ]
    )
    func refuses(name: String, value: String) {
        let error = #expect(throws: UsageError.self) { try settings([name: value]) }
        #expect(error?.message.contains(name) == true)
    }

    @Test("Limits are those of the HTTP server, as far as none is set")
    func limits() throws {
        var limits = Limits()
        let standard = try settings([:]).http
        #expect(standard.limits == limits && standard.drainTime == .seconds(10))
        limits.parser.requestLine = 100
        limits.parser.headerBytes = 2000
        limits.parser.headerCount = 30
        limits.parser.body = 4
        limits.connections = 5
        limits.connectionsPerAddress = 6
        limits.headTime = .seconds(0.7)
        limits.bodyTime = .seconds(8)
        limits.idleTime = .seconds(9)
        limits.sendTime = .seconds(10)
        let changed = try settings([
            "HTTP_MAX_REQUEST_LINE": "100", "HTTP_MAX_HEADER_BYTES": "2000",
            "HTTP_MAX_HEADERS": "30", "HTTP_MAX_BODY": "4", "HTTP_MAX_CONNECTIONS": "5",
            "HTTP_MAX_CONNECTIONS_PER_ADDRESS": "6", "HTTP_HEADER_TIMEOUT": "0.7",
            "HTTP_BODY_TIMEOUT": "8", "HTTP_IDLE_TIMEOUT": "9", "HTTP_SEND_TIMEOUT": "10",
            "HTTP_DRAIN_TIMEOUT": "0",
        ]).http
        #expect(changed.limits == limits && changed.drainTime == .zero)
    }

    @Test("Requests are logged when a format is chosen, to standard output or a file")
    func accessLog() throws {
        #expect(try settings([:]).accessLog.format == nil)
        #expect(try settings(["ACCESS_LOG": "off"]).accessLog.format == nil)
        let combined = try settings(["ACCESS_LOG": "combined"]).accessLog
        #expect(combined.format == .combined && combined.path == nil)
        let json = try settings(["ACCESS_LOG": "json", "ACCESS_LOG_PATH": "a.log"]).accessLog
        #expect(json.format == .json && json.path == "a.log")
    }

    @Test("Two cameras without a file are refused")
    func twoCameras() {
        #expect(throws: UsageError.self) {
            try settings(["RTSP_URL": "rtsp://h", "HTTP_URL": "http://h"])
        }
        #expect(throws: UsageError.self) {
            try settings(["RTSP_URL": "rtsp://h", "CAMERAS_FILE": "cameras.json"])
        }
    }

    @Test("A file lists several cameras, each with settings of its own")
    func camerasFile() throws {
        let file = """
            {"cameras": [
                {"id": "door", "name": "Front door", "source": "rtsp://h/1", "buffer_duration": 120,
                 "latency": 0.25},
                {"id": "bench", "source": "0", "ffmpeg_preset": "fast", "enabled": false}
            ]}
            """
        let values = [
            "CAMERAS_FILE": "cameras.json", "FFMPEG_CRF": "20", "CAMERA_LATENCY": "1.5",
        ]
        let cameras = try settings(values, file: file).cameras
        #expect(cameras.map(\.id) == ["door", "bench"])
        #expect(cameras[0].name == "Front door" && cameras[0].bufferDuration == .seconds(120))
        #expect(cameras.map(\.latency) == [.milliseconds(250), .milliseconds(1500)])
        #expect(cameras[1].encoding == .init(preset: "fast", crf: 20) && !cameras[1].enabled)
    }

    @Test("What is kept has limits for all and for each camera")
    func retention() throws {
        let file = """
            {"cameras": [
                {"id": "door", "source": "0"},
                {"id": "bench", "source": "1", "max_clips": 5, "max_age_days": 0.5,
                 "max_storage_gb": 0.25}
            ]}
            """
        let values = [
            "CAMERAS_FILE": "cameras.json", "MAX_CLIPS": "9", "MAX_AGE_DAYS": "7",
            "MAX_STORAGE_GB": "1.5", "MIN_FREE_GB": "0",
        ]
        let own = Retention.Limits(clips: 5, age: .seconds(43_200), bytes: 250_000_000)
        let expected = Retention(
            limits: .init(clips: 9, age: .seconds(604_800), bytes: 1_500_000_000),
            cameras: ["bench": own]
        )
        #expect(try settings(values, file: file).retention == expected)
    }

    @Test("What encodes, its picture and the device's format can be set, for each camera too")
    func encoding() throws {
        let file = """
            {"cameras": [
                {"id": "door", "source": "0"},
                {"id": "bench", "source": "1", "ffmpeg_encoder": "libx264",
                 "video_size": "640x480", "video_rate": 12.5, "pixel_format": "mjpeg"}
            ]}
            """
        let values = [
            "CAMERAS_FILE": "cameras.json", "FFMPEG_ENCODER": "h264_vaapi",
            "VIDEO_SIZE": "1280x720", "VIDEO_RATE": "25", "PIXEL_FORMAT": "yuyv422",
        ]
        let cameras = try settings(values, file: file).cameras
        #expect(
            cameras[0].encoding
                == .init(
                    encoder: .vaapi,
                    size: PictureSize(width: 1280, height: 720),
                    frameRate: 25,
                    pixelFormat: "yuyv422"
                )
        )
        #expect(
            cameras[1].encoding
                == .init(
                    size: PictureSize(width: 640, height: 480),
                    frameRate: 12.5,
                    pixelFormat: "mjpeg"
                )
        )
    }

    @Test(
        "A faulty file is refused, with the line, the camera and what is wrong",
        arguments: [
            ("{\n", "line 2, column 1: this is not JSON"),
            ("{\"cameras\": [\n  {\"id\": \"a\" \"source\": \"0\"}]}", "line 2, column 14"),
            (#"{"cameras": []}"#, "no camera"),
            (#"{"cams": []}"#, #"line 1: "cameras" is missing"#),
            (#"{"cameras": {}}"#, #"line 1: "cameras" must be an array"#),
            (entries(#"{"id": "b"}"#), #"line 3: camera b: "source" is missing"#),
            (entries(#"{"source": "0"}"#), #"line 3: "id" is missing"#),
            (entries(#"{"id": "A b", "source": "0"}"#), "line 3: camera A b has no fit id"),
            (entries(#"{"id": "a", "source": "1"}"#), "line 3: camera a is there twice"),
            (
                entries("{\"id\": \"b\",\n\n\"source\": \"ftp://me:secret@x\"}"),
                "line 5: camera b has a source that"
            ),
            (
                entries("{\"id\": \"b\",\n\"source\": \"0\",\n\"sauce\": 1}"),
                "line 5: camera b: there is no field \"sauce\""
            ),
            (
                entries("{\"id\": \"b\", \"source\": \"0\",\n\"buffer_duration\": 1}"),
                "line 4: camera b has a buffer_duration"
            ),
            (
                entries("{\"id\": \"b\", \"source\": \"0\",\n\"enabled\": 1}"),
                "line 4: camera b: \"enabled\" must be true or false"
            ),
            (
                entries("{\"id\": \"b\", \"source\": \"0\",\n\"ffmpeg_crf\": 52}"),
                "line 4: camera b has a wrong field: ffmpeg_crf=52 is not"
            ),
            (entries(#"{"id": "b", "source": "0", "latency": 10.1}"#), "camera b has a latency"),
            (entries(#"{"id": "b", "source": "0", "ffmpeg_preset": "x"}"#), "ffmpeg_preset=x"),
            (entries(#"{"id": "b", "source": "0", "ffmpeg_encoder": "x"}"#), "libx264"),
            (entries(#"{"id": "b", "source": "0", "video_size": "1x1"}"#), "video_size"),
            (entries(#"{"id": "b", "source": "0", "video_rate": 500}"#), "video_rate"),
            (entries(#"{"id": "b", "source": "0", "pixel_format": ""}"#), "pixel_format"),
            (entries(#"{"id": "b", "source": "0", "max_clips": 0}"#), "max_clips=0"),
            (entries(#"{"id": "b", "source": "0", "max_age_days": -1}"#), "max_age_days=-1"),
            (
                entries("{\"id\": \"b\", \"source\": \"0\",\n\"max_storage_gb\": 0}"),
                "line 4: camera b has a wrong field: max_storage_gb=0"
            ),
        ]
    )
    func faultyFile(file: String, words: String) {
        let error = #expect(throws: UsageError.self) {
            try settings(["CAMERAS_FILE": "cameras.json"], file: file)
        }
        let message = error?.message ?? ""
        #expect(message.contains("CAMERAS_FILE") && message.contains(words), "\(message)")
        #expect(!message.contains("secret"))
    }

    /// A file of two cameras, the second of them on the third line.
    private static func entries(_ second: String) -> String {
        "{\"cameras\": [\n  {\"id\": \"a\", \"source\": \"0\"},\n  \(second)\n]}"
    }
}
