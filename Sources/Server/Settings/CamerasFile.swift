import Archive
import Segmenter

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads the JSON file that lists cameras: `{"cameras": [{"id": …, "source": …}, …]}`.
struct CamerasFile: Sendable, Equatable {
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
        let latency: Double?
        let max_clips: Int?
        let max_age_days: Double?
        let max_storage_gb: Double?
        let encoding: EncodingFields

        private struct AnyKey: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case id, name, source, enabled, buffer_duration, segment_duration, latency
            case max_clips, max_age_days, max_storage_gb
        }

        private static let fields = Set(
            CodingKeys.allCases.map(\.rawValue) + EncodingFields.CodingKeys.allCases.map(\.rawValue)
        )

        init(from decoder: any Decoder) throws {
            let keys = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
            if let unknown = keys.sorted().first(where: { !Self.fields.contains($0) }) {
                throw DecodingError.dataCorrupted(
                    .init(
                        codingPath: decoder.codingPath + [AnyKey(stringValue: unknown)],
                        debugDescription: "there is no field \"\(unknown)\""
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
            latency = try container.decodeIfPresent(Double.self, forKey: .latency)
            max_clips = try container.decodeIfPresent(Int.self, forKey: .max_clips)
            max_age_days = try container.decodeIfPresent(Double.self, forKey: .max_age_days)
            max_storage_gb = try container.decodeIfPresent(Double.self, forKey: .max_storage_gb)
            encoding = try EncodingFields(from: decoder)
        }
    }

    /// What is wrong with one camera, and at which field if it is one's.
    private struct Fault: Error {
        var field: String?
        let words: String
    }

    /// Where it is.
    let path: String

    /// What a camera has that says nothing of its own.
    let standard: CameraConfiguration

    /// The cameras that a file's text lists; an error names the line, the camera and the field.
    func parse(_ text: String) throws(UsageError) -> [CameraConfiguration] {
        try read(text).map(\.camera)
    }

    /// How long the clips of the cameras that say so are kept, by id; errors as those of `parse`.
    func limits(_ text: String) throws(UsageError) -> [String: Retention.Limits] {
        let limited = try read(text).filter { $0.limits != Retention.Limits() }
        return Dictionary(uniqueKeysWithValues: limited.map { ($0.camera.id, $0.limits) })
    }

    private func read(
        _ text: String
    ) throws(UsageError) -> [(camera: CameraConfiguration, limits: Retention.Limits)] {
        let file: File
        do {
            file = try JSONDecoder().decode(File.self, from: Data(text.utf8))
        } catch {
            throw Self.usageError(error, in: text)
        }
        guard !file.cameras.isEmpty else {
            throw UsageError("CAMERAS_FILE lists no camera: see cameras.example.json")
        }
        var cameras: [(camera: CameraConfiguration, limits: Retention.Limits)] = []
        for (index, entry) in file.cameras.enumerated() {
            do throws(Fault) {
                let camera = try configuration(entry)
                guard !cameras.contains(where: { $0.camera.id == camera.id }) else {
                    throw Fault(field: "id", words: "is there twice")
                }
                cameras.append((camera, try limits(entry)))
            } catch {
                let path = ["cameras", String(index)] + (error.field.map { [$0] } ?? [])
                let line = JSONPlaces(text).place(of: path).line
                throw UsageError("CAMERAS_FILE, line \(line): camera \(entry.id) \(error.words)")
            }
        }
        return cameras
    }

    private func configuration(_ entry: Entry) throws(Fault) -> CameraConfiguration {
        guard CameraConfiguration.isValid(id: entry.id) else {
            throw Fault(
                field: "id",
                words: "has no fit id: 1 to 64 lower-case letters, digits, - and _"
            )
        }
        func seconds(
            _ value: Double?,
            _ range: ClosedRange<Double>,
            _ field: String
        ) throws(Fault) -> Duration? {
            guard let value else { return nil }
            guard range.contains(value) else {
                throw Fault(
                    field: field,
                    words: "has a \(field) that is not from \(range.lowerBound) to "
                        + "\(range.upperBound) seconds"
                )
            }
            return .seconds(value)
        }
        guard let source = CameraSource(parsing: entry.source) else {
            throw Fault(
                field: "source",
                words: """
                    has a source that is neither a device, rtsp://, http://, https://, a file, nor test
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
        camera.encoding = try encoding(entry)
        return camera
    }

    private func limits(_ entry: Entry) throws(Fault) -> Retention.Limits {
        var field: String?
        do throws(UsageError) {
            return try RetentionFields(
                clips: entry.max_clips,
                days: entry.max_age_days,
                gigabytes: entry.max_storage_gb
            ).limits { name in
                let own = name.lowercased()
                field = own
                return own
            }
        } catch {
            throw Fault(field: field, words: "has a wrong field: \(error.message)")
        }
    }

    private func encoding(_ entry: Entry) throws(Fault) -> CameraConfiguration.Encoding {
        var field: String?
        do throws(UsageError) {
            return try entry.encoding.encoding(standard: standard.encoding) { name in
                let own = name.lowercased()
                field = own
                return own
            }
        } catch {
            throw Fault(field: field, words: "has a wrong field: \(error.message)")
        }
    }

    // MARK: - Errors of decoding

    private static func usageError(_ error: any Error, in text: String) -> UsageError {
        let places = JSONPlaces(text)
        if let fault = places.fault {
            return UsageError(
                "CAMERAS_FILE, line \(fault.line), column \(fault.column): this is not JSON"
            )
        }
        let (path, words): ([any CodingKey], String) =
            switch error as? DecodingError {
            case .keyNotFound(let key, let context):
                (context.codingPath, "\"\(key.stringValue)\" is missing")
            case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
                (context.codingPath, "\(name(of: context.codingPath)) must be \(name(of: type))")
            case .dataCorrupted(let context):
                (context.codingPath, context.debugDescription)
            default:
                ([], "\(error)")
            }
        let steps = path.map { $0.intValue.map(String.init) ?? $0.stringValue }
        let line = places.place(of: steps).line
        let camera =
            steps.count > 1 ? id(ofCamera: steps[1], in: text).map { "camera \($0): " } : nil
        return UsageError("CAMERAS_FILE, line \(line): \(camera ?? "")\(words)")
    }

    private static func name(of path: [any CodingKey]) -> String {
        path.last { $0.intValue == nil }.map { "\"\($0.stringValue)\"" } ?? "all of it"
    }

    private static func name(of type: Any.Type) -> String {
        switch type {
        case is String.Type: "a string"
        case is Bool.Type: "true or false"
        case is Int.Type: "a whole number"
        case is Double.Type: "a number"
        case is [Any].Type: "an array"
        default: "an object"
        }
    }

    /// The id that an entry has, however faulty the rest of it is.
    private static func id(ofCamera index: String, in text: String) -> String? {
        guard let file = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)),
            case .object(let fields) = file, case .array(let cameras)? = fields["cameras"],
            let index = Int(index), cameras.indices.contains(index),
            case .object(let camera) = cameras[index], case .string(let id)? = camera["id"]
        else { return nil }
        return id
    }
}
