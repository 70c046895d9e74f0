import Segmenter

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How a clip lies in its table.
enum ClipRow {
    /// All columns of a clip, in the order of `values` and `clip`.
    static let columns = """
        id, camera, incident, status, timestamp, requested_start, requested_end, start, "end", \
        duration, size, filename, width, height, video_codec, audio_codec, label, note, metadata, \
        locked, created_at, ready_at, error, coverage, accuracy
        """
    static let count: Int32 = 25
    static let placeholders = Array(repeating: "?", count: Int(count)).joined(separator: ", ")

    /// Stores a clip at the first free place of its millisecond.
    static func insertion(of clip: Clip) throws(ArchiveError) -> SQLQuery {
        let first = ClipPlace.first(at: clip.timestamp)
        let last = first + ClipPlace.perMillisecond - 1
        return SQLQuery(
            text: """
                INSERT INTO clip (place, \(columns)) VALUES (
                    (SELECT coalesce(max(place), ?1 - 1) + 1 FROM clip WHERE place BETWEEN ?1 AND ?2),
                    \(placeholders)
                )
                """,
            values: [.integer(first), .integer(last)] + (try values(clip))
        )
    }

    /// Writes what can be edited of a clip, and marks its `clip.json` as behind.
    static func edit(of clip: Clip) throws(ArchiveError) -> SQLQuery {
        SQLQuery(
            text: """
                UPDATE clip SET label = ?, note = ?, metadata = ?, locked = ?, dirty = 1
                WHERE id = ? AND deleted = 0
                """,
            values: [
                SQLValue(clip.label), SQLValue(clip.note), SQLValue(try clip.metadata.map(json)),
                SQLValue(clip.locked), .text(clip.id),
            ]
        )
    }

    static func values(_ clip: Clip) throws(ArchiveError) -> [SQLValue] {
        [
            SQLValue(clip.id), SQLValue(clip.camera), SQLValue(clip.incident),
            SQLValue(clip.status.rawValue), SQLValue(clip.timestamp),
            SQLValue(clip.requestedStart), SQLValue(clip.requestedEnd), SQLValue(clip.start),
            SQLValue(clip.end), SQLValue(clip.duration), SQLValue(clip.size),
            SQLValue(clip.filename), SQLValue(clip.width), SQLValue(clip.height),
            SQLValue(clip.videoCodec), SQLValue(clip.audioCodec), SQLValue(clip.label),
            SQLValue(clip.note), SQLValue(try clip.metadata.map(json)), SQLValue(clip.locked),
            SQLValue(clip.createdAt), SQLValue(clip.readyAt), SQLValue(clip.error),
            SQLValue(try json(clip.coverage)), SQLValue(clip.accuracy),
        ]
    }

    /// The clip of a row that has these columns first.
    static func clip(_ row: Row) throws(ArchiveError) -> Clip {
        guard let id = row.text(0), let camera = row.text(1),
            let status = row.text(3).flatMap(Clip.Status.init), let timestamp = row.moment(4),
            let requestedStart = row.moment(5), let requestedEnd = row.moment(6),
            let filename = row.text(11), let createdAt = row.moment(20),
            let coverage: Coverage = try row.text(23).map(value)
        else {
            throw .database(code: 11, message: "a clip's row lacks what it must have")
        }
        return Clip(
            id: id,
            camera: camera,
            incident: row.text(2),
            status: status,
            timestamp: timestamp,
            requestedStart: requestedStart,
            requestedEnd: requestedEnd,
            start: row.moment(7),
            end: row.moment(8),
            duration: row.real(9),
            size: row.integer(10),
            filename: filename,
            width: row.integer(12),
            height: row.integer(13),
            videoCodec: row.text(14),
            audioCodec: row.text(15),
            label: row.text(16),
            note: row.text(17),
            metadata: try row.text(18).map(value),
            locked: row.integer(19) == 1,
            createdAt: createdAt,
            readyAt: row.moment(21),
            error: row.text(22),
            accuracy: row.real(24),
            coverage: coverage
        )
    }

    static func json(_ value: some Encodable) throws(ArchiveError) -> String {
        guard let data = try? JSONEncoder().encode(value) else {
            throw .database(code: 1, message: "a value that JSON cannot hold")
        }
        return String(decoding: data, as: UTF8.self)
    }

    static func value<Value: Decodable>(_ text: String) throws(ArchiveError) -> Value {
        guard let value = try? JSONDecoder().decode(Value.self, from: Data(text.utf8)) else {
            throw .database(code: 11, message: "a clip's row holds damaged JSON")
        }
        return value
    }
}
