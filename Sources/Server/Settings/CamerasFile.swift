import Segmenter

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads the JSON file that lists cameras: `{"cameras": [{"id": …, "source": …}, …]}`.
enum CamerasFile {
    private static let fields: Set<String> = [
        "id", "name", "source", "enabled", "buffer_duration", "segment_duration", "ffmpeg_preset",
        "ffmpeg_crf", "ffmpeg_encoder", "video_size", "video_rate", "pixel_format", "latency",
    ]

    private struct File: Decodable {
        let cameras: [Entry]
    }

    private struct Entry: Decodable {
        let id: String
        let name: String?
        let source: String
        let enabled: Bool?
        let buffer_duration: Double?
        let segment_duration: Double?
        let ffmpeg_preset: String?
        let ffmpeg_crf: Int?
        let ffmpeg_encoder: String?
        let video_size: String?
        let video_rate: Double?
        let pixel_format: String?
        let latency: Double?

        private struct AnyKey: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        private enum CodingKeys: String, CodingKey {
            case id, name, source, enabled, buffer_duration, segment_duration, ffmpeg_preset
            case ffmpeg_crf, ffmpeg_encoder, video_size, video_rate, pixel_format, latency
        }

        init(from decoder: any Decoder) throws {
            let keys = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
            if let unknown = keys.first(where: { !CamerasFile.fields.contains($0) }) {
                throw DecodingError.dataCorrupted(
                    .init(
                        codingPath: decoder.codingPath,
                        debugDescription: "unknown field \"\(unknown)\""
                    )
                )
            }
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(String.self, forKey: .id)
            name = try container.decodeIfPresent(String.self, forKey: .name)
            source = try container.decode(String.self, forKey: .source)
            enabled = try container.decodeIfPresent(Bool.self, forKey: .enabled)
            buffer_duration = try container.decodeIfPresent(Double.self, forKey: .buffer_duration)
            segment_duration = try container.decodeIfPresent(Double.self, forKey: .segment_duration)
            ffmpeg_preset = try container.decodeIfPresent(String.self, forKey: .ffmpeg_preset)
            ffmpeg_crf = try container.decodeIfPresent(Int.self, forKey: .ffmpeg_crf)
            ffmpeg_encoder = try container.decodeIfPresent(String.self, forKey: .ffmpeg_encoder)
            video_size = try container.decodeIfPresent(String.self, forKey: .video_size)
            video_rate = try container.decodeIfPresent(Double.self, forKey: .video_rate)
            pixel_format = try container.decodeIfPresent(String.self, forKey: .pixel_format)
            latency = try container.decodeIfPresent(Double.self, forKey: .latency)
        }
    }

    /// - Parameter standard: what a camera has that says nothing of its own.
    static func parse(
        _ text: String,
        standard: CameraConfiguration
    ) throws(UsageError) -> [CameraConfiguration] {
        let file: File
        do {
            file = try JSONDecoder().decode(File.self, from: Data(text.utf8))
        } catch {
            throw UsageError("CAMERAS_FILE: \(describe(error))")
        }
        guard !file.cameras.isEmpty else {
            throw UsageError("CAMERAS_FILE lists no camera: see cameras.example.json")
        }
        var cameras: [CameraConfiguration] = []
        for entry in file.cameras {
            let camera = try configuration(entry, standard)
            guard !cameras.contains(where: { $0.id == camera.id }) else {
                throw UsageError("CAMERAS_FILE: two cameras have the id \"\(camera.id)\"")
            }
            cameras.append(camera)
        }
        return cameras
    }

    private static func configuration(
        _ entry: Entry,
        _ standard: CameraConfiguration
    ) throws(UsageError) -> CameraConfiguration {
        guard CameraConfiguration.isValid(id: entry.id) else {
            throw UsageError(
                """
                CAMERAS_FILE: "\(entry.id)" cannot be an id: 1 to 64 lower-case letters, digits, \
                - and _
                """
            )
        }
        func seconds(
            _ value: Double?,
            _ range: ClosedRange<Double>,
            _ field: String
        ) throws(UsageError) -> Duration? {
            guard let value else { return nil }
            guard range.contains(value) else {
                throw UsageError(
                    "CAMERAS_FILE: camera \(entry.id): \(field) is not from \(range.lowerBound) "
                        + "to \(range.upperBound) seconds"
                )
            }
            return .seconds(value)
        }
        guard let source = CameraSource(parsing: entry.source) else {
            throw UsageError(
                """
                CAMERAS_FILE: camera \(entry.id): its source is neither a device, rtsp://, http://, \
                https://, a file, nor test
                """
            )
        }
        var camera = standard
        camera.id = entry.id
        camera.name = entry.name ?? entry.id
        camera.source = source
        camera.enabled = entry.enabled ?? true
        camera.bufferDuration =
            try seconds(entry.buffer_duration, 10...3600, "buffer_duration")
            ?? standard.bufferDuration
        camera.segmentDuration =
            try seconds(entry.segment_duration, 0.5...10, "segment_duration")
            ?? standard.segmentDuration
        camera.latency = try seconds(entry.latency, 0...10, "latency") ?? standard.latency
        camera.encoding = try EncodingFields(
            encoder: entry.ffmpeg_encoder,
            preset: entry.ffmpeg_preset,
            crf: entry.ffmpeg_crf,
            size: entry.video_size,
            rate: entry.video_rate,
            pixelFormat: entry.pixel_format
        ).encoding(standard: standard.encoding) {
            "CAMERAS_FILE: camera \(entry.id): \($0.lowercased())"
        }
        return camera
    }

    private static func describe(_ error: any Error) -> String {
        func place(_ context: DecodingError.Context) -> String {
            let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
            return path.isEmpty ? "" : " at " + path.joined(separator: ".")
        }
        switch error as? DecodingError {
        case .keyNotFound(let key, let context):
            return "\"\(key.stringValue)\" is missing\(place(context))"
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            return "expected \(type)\(place(context))"
        case .dataCorrupted(let context):
            let cause = context.underlyingError.map { ": \($0)" } ?? ""
            return "\(context.debugDescription)\(place(context))\(cause)"
        default:
            return "\(error)"
        }
    }
}
