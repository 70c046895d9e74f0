import Archive
import Segmenter

/// Everything that can be set, checked.
struct Settings: Sendable, Equatable {
    static let names = HTTPSettings.names.union(AccessLogSettings.names)
        .union(EncodingFields.names)
        .union(RetentionFields.names)
        .union([
            "PORT", "HOST", "CAMERA_SOURCE", "RTSP_URL", "HTTP_URL", "CAMERAS_FILE",
            "BUFFER_DURATION", "SEGMENT_DURATION", "CAMERA_LATENCY", "STORAGE_PATH",
            "DATABASE_PATH", "MAX_CLIP_DURATION", "API_KEY", "API_KEY_READ", "API_KEY_TRIGGER",
            "ALLOW_ANONYMOUS", "CORS_ORIGINS", "FFMPEG_PATH", "PUBLIC_PATH",
        ])

    var port: Int
    var host: String
    var cameras: [CameraConfiguration]
    /// Where the cameras are listed, if it is in a file.
    var camerasFile: CamerasFile?
    /// How many cameras there may be before connections take from what they need.
    var mostCameras: Int {
        cameras.count + (camerasFile == nil ? 0 : DescriptorBudget.spareCameras)
    }
    /// What a camera has that says nothing of its own.
    var standard: CameraConfiguration
    /// No camera was configured: the test pattern stands in.
    var usesTestPattern: Bool
    var bufferDuration: Duration
    var storagePath: String
    var databasePath: String
    var publicPath: String
    /// With the limits of single cameras.
    var retention: Retention
    /// Nil if it is not set: then no window is too long, but no clip is extended beyond an hour.
    var maxClipDuration: Duration?
    var keys: APIKeys
    /// Other machines may do everything without a key.
    var allowsAnonymous: Bool
    var corsOrigins: [String]
    var ffmpegPath: String?
    var http: HTTPSettings
    var accessLog: AccessLogSettings

    /// Reads the settings.
    ///
    /// - Parameters:
    ///   - values: by name; an empty value counts as none.
    ///   - readFile: gives a file's text; asked only for CAMERAS_FILE.
    init(
        _ values: [String: String],
        readFile: (String) throws(UsageError) -> String
    ) throws(UsageError) {
        let reader = SettingsReader(values)
        port = try reader.integer("PORT", in: 0...65535) ?? 3001
        keys = APIKeys(
            all: reader.list("API_KEY"),
            read: reader.list("API_KEY_READ"),
            trigger: reader.list("API_KEY_TRIGGER")
        )
        allowsAnonymous = try reader.flag("ALLOW_ANONYMOUS") ?? false
        host = reader.text("HOST") ?? (keys.isEmpty && !allowsAnonymous ? "127.0.0.1" : "0.0.0.0")
        if host == "localhost" { host = "127.0.0.1" }
        if keys.isEmpty && !allowsAnonymous && !Loopback.contains(host) {
            throw UsageError(
                """
                HOST=\(host) would let other machines in without a key: set API_KEY, \
                or ALLOW_ANONYMOUS=true if everyone on the network may see and trigger
                """
            )
        }
        storagePath = reader.text("STORAGE_PATH") ?? "./storage"
        databasePath = reader.text("DATABASE_PATH") ?? storagePath + "/database.db"
        publicPath = reader.text("PUBLIC_PATH") ?? "./public"
        retention = try RetentionFields.retention(reader)
        maxClipDuration = try reader.number("MAX_CLIP_DURATION", in: 10...86_400)
            .map { .seconds($0) }
        corsOrigins = reader.list("CORS_ORIGINS")
        ffmpegPath = reader.text("FFMPEG_PATH")
        http = try HTTPSettings(reader)
        accessLog = try AccessLogSettings(reader)

        let buffer = try reader.number("BUFFER_DURATION", in: 10...3600) ?? 60
        bufferDuration = .seconds(buffer)
        let encoding = try EncodingFields(reader)
            .encoding(standard: CameraConfiguration.Encoding()) { $0 }
        standard = CameraConfiguration(
            id: "main",
            name: "Camera",
            source: .testPattern,
            bufferDuration: bufferDuration,
            segmentDuration: .seconds(try reader.number("SEGMENT_DURATION", in: 0.5...10) ?? 2),
            encoding: encoding,
            latency: .seconds(try reader.number("CAMERA_LATENCY", in: 0...10) ?? 0)
        )
        let sources = try Self.source(reader)
        usesTestPattern = false
        if let path = reader.text("CAMERAS_FILE") {
            guard sources.isEmpty else {
                throw UsageError("CAMERAS_FILE and \(sources[0].name) are set: use one of them")
            }
            let file = CamerasFile(path: path, standard: standard)
            let text = try readFile(path)
            cameras = try file.parse(text)
            retention.cameras = try file.limits(text)
            camerasFile = file
        } else if let source = sources.first {
            var camera = standard
            camera.source = source.source
            cameras = [camera]
        } else {
            var camera = standard
            (camera.id, camera.name) = ("test", "Test pattern")
            cameras = [camera]
            usesTestPattern = true
        }
    }

    /// The one camera that a setting of its own describes, if there is one.
    private static func source(
        _ reader: SettingsReader
    ) throws(UsageError) -> [(name: String, source: CameraSource)] {
        var found: [(name: String, source: CameraSource)] = []
        for name in ["CAMERA_SOURCE", "RTSP_URL", "HTTP_URL"] {
            guard let text = reader.text(name) else { continue }
            guard let source = CameraSource(parsing: text),
                name == "CAMERA_SOURCE" || name.hasPrefix(source.kind.uppercased())
            else {
                throw UsageError(
                    """
                    \(name) does not hold what it should: CAMERA_SOURCE is a device (0, /dev/video0) \
                    or a video file, RTSP_URL begins with rtsp://, HTTP_URL with http:// or https://
                    """
                )
            }
            found.append((name, source))
        }
        guard found.count < 2 else {
            throw UsageError(
                """
                \(found.map(\.name).joined(separator: " and ")) are set, each for the one camera: \
                for several cameras use CAMERAS_FILE
                """
            )
        }
        return found
    }
}
