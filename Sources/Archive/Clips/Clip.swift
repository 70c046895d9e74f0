package import Segmenter

/// What a trigger became: the record of a clip, as the database, clip.json and the API have it.
///
/// All times are to the millisecond, durations in seconds, sizes in bytes.
package struct Clip: Sendable, Hashable {
    package enum Status: String, Sendable, Hashable, Codable, CaseIterable {
        /// Its post-roll is still coming.
        case recording
        /// All footage is there; the MP4 is being made.
        case processing
        case ready
        /// `error` says why there is no MP4. What was recorded can still be played by its playlist.
        case failed

        package var isFinished: Bool { self == .ready || self == .failed }
    }

    package let id: String
    package let camera: String
    /// Shared by the clips that one trigger made of several cameras.
    package let incident: String?
    package var status: Status
    /// The moment of the event.
    package let timestamp: Timestamp
    package let requestedStart: Timestamp
    /// Later triggers may move it on while the clip is being recorded.
    package var requestedEnd: Timestamp
    /// What the MP4 really shows.
    package var start: Timestamp?
    package var end: Timestamp?
    package var duration: Double?
    /// Of the MP4.
    package var size: Int?
    package let filename: String
    /// As it is shown: upright, in square pixels.
    package var width: Int?
    package var height: Int?
    package var videoCodec: String?
    package var audioCodec: String?
    package var label: String?
    package var note: String?
    package var metadata: JSONValue?
    package var locked = false
    package let createdAt: Timestamp
    package var readyAt: Timestamp?
    package var error: String?
    /// Within how many seconds, either way, its times are true; nil while nobody knows.
    package var accuracy: Double?
    package var coverage: Coverage

    package var window: ClipWindow { ClipWindow(start: requestedStart, end: requestedEnd) }

    /// Notes that nothing of it is left.
    mutating func lose(because reason: String) {
        status = .failed
        error = reason
        readyAt = Timestamp.now().wholeMilliseconds
        accuracy = nil
        coverage = Coverage(of: window, by: [])
    }
}

extension Clip {
    /// Notes how sure its times are: to the millisecond, and never more than they are.
    mutating func setAccuracy(of segments: [FrozenSegment]) {
        accuracy = segments.accuracy.map { $0.seconds(roundedUpTo: .milliseconds(1)) }
    }

    /// A clip that has just been asked for.
    init(for trigger: Trigger, id: String, createdAt: Timestamp) {
        let window = trigger.window
        self.init(
            id: id,
            camera: trigger.camera,
            incident: trigger.incident,
            status: .recording,
            timestamp: trigger.at.wholeMilliseconds,
            requestedStart: window.start.wholeMilliseconds,
            requestedEnd: window.end.wholeMilliseconds,
            filename: Self.filename(camera: trigger.camera, at: trigger.at),
            label: trigger.label,
            note: trigger.note,
            metadata: trigger.metadata,
            createdAt: createdAt.wholeMilliseconds,
            coverage: Coverage(soFarOf: window, by: [])
        )
    }

    /// A name that a person can read and every file system takes: `front-door_2026-11-22_11-33-21Z.mp4`.
    private static func filename(camera: String, at moment: Timestamp) -> String {
        let time = moment.iso8601.prefix(19).map { character -> Character in
            switch character {
            case "T": "_"
            case ":": "-"
            default: character
            }
        }
        return "\(camera)_\(String(time))Z.mp4"
    }
}

extension Clip: Codable {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case id, camera, incident, status, timestamp
        case requestedStart = "requested_start"
        case requestedEnd = "requested_end"
        case start, end, duration, size, filename, width, height
        case videoCodec = "video_codec"
        case audioCodec = "audio_codec"
        case label, note, metadata, locked
        case createdAt = "created_at"
        case readyAt = "ready_at"
        case error, accuracy, coverage
    }

    // By hand, because the synthesised one leaves keys without a value out: here they are null.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(camera, forKey: .camera)
        try container.encode(incident, forKey: .incident)
        try container.encode(status, forKey: .status)
        try container.encode(timestamp, forKey: .timestamp)
        try container.encode(requestedStart, forKey: .requestedStart)
        try container.encode(requestedEnd, forKey: .requestedEnd)
        try container.encode(start, forKey: .start)
        try container.encode(end, forKey: .end)
        try container.encode(duration, forKey: .duration)
        try container.encode(size, forKey: .size)
        try container.encode(filename, forKey: .filename)
        try container.encode(width, forKey: .width)
        try container.encode(height, forKey: .height)
        try container.encode(videoCodec, forKey: .videoCodec)
        try container.encode(audioCodec, forKey: .audioCodec)
        try container.encode(label, forKey: .label)
        try container.encode(note, forKey: .note)
        try container.encode(metadata, forKey: .metadata)
        try container.encode(locked, forKey: .locked)
        try container.encode(createdAt, forKey: .createdAt)
        try container.encode(readyAt, forKey: .readyAt)
        try container.encode(error, forKey: .error)
        try container.encode(accuracy, forKey: .accuracy)
        try container.encode(coverage, forKey: .coverage)
    }
}
