import Archive
import Foundation
import Segmenter
import TestSupport

/// A storage folder whose database has many clips, made by SQL: there are no files of theirs.
final class ClipStore {
    let count: Int
    /// With a folder `storage` in it, as the server wants it.
    let folder: TemporaryFolder
    /// How long the filling took, in seconds.
    let filled: Double

    var root: String { folder.path + "/storage" }
    var databasePath: String { root + "/database.db" }

    private init(count: Int, folder: TemporaryFolder, filled: Double) {
        self.count = count
        self.folder = folder
        self.filled = filled
    }

    static func make(_ count: Int) async throws -> ClipStore {
        let folder = try TemporaryFolder()
        let root = folder.path + "/storage"
        try FileManager.default.createDirectory(
            atPath: root,
            withIntermediateDirectories: true
        )
        // It makes the schema.
        await (try archive(root)).closeDatabase()
        let start = ContinuousClock.now
        let database = try PlainDatabase(path: root + "/database.db")
        try database.execute(rows(count))
        // As the program leaves it: triggers one by one merge what they add, and reindexing does this.
        try database.execute("INSERT INTO clip_text (clip_text) VALUES ('optimize')")
        try database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        let seconds = (ContinuousClock.now - start).seconds
        return ClipStore(count: count, folder: folder, filled: seconds)
    }

    func open() throws -> ClipArchive { try Self.archive(root) }

    private static func archive(_ root: String) throws -> ClipArchive {
        try ClipArchive(
            root: root,
            databasePath: root + "/database.db",
            ffmpeg: FFmpeg(),
            report: { _ in }
        )
    }

    /// How long an archive takes to open and to look for what an earlier life left.
    func timeOfOpening() async throws -> Duration {
        let start = ContinuousClock.now
        let archive = try open()
        try await archive.recover { _, _ in nil }
        let time = ContinuousClock.now - start
        await archive.closeDatabase()
        return time
    }

    var databaseSize: Int {
        get throws {
            let attributes = try FileManager.default.attributesOfItem(atPath: databasePath)
            return attributes[.size] as? Int ?? 0
        }
    }

    /// Clips 30 s apart up to now on eight cameras, and one of a ninth. Of each twenty one has failed
    /// and one is locked; of each ten five have a label and two a note.
    private static func rows(_ count: Int) -> String {
        let first = (Timestamp.now().microseconds / 1000) - Int64(count) * 30_000
        return """
            WITH RECURSIVE number(i) AS (
                SELECT 0 UNION ALL SELECT i + 1 FROM number WHERE i + 1 < \(count)
            ), event(i, ms) AS (SELECT i, \(first) + i * 30000 FROM number)
            INSERT INTO clip (
                place, id, camera, incident, status, timestamp, requested_start, requested_end, start,
                "end", duration, size, filename, width, height, video_codec, audio_codec, label,
                note, metadata, locked, created_at, ready_at, error, coverage
            )
            SELECT ms * 32768,
                printf('%08x-%04x-7000-8000-%012x', ms >> 16, ms & 0xFFFF, i),
                CASE i WHEN \(count / 2) THEN 'shed' ELSE 'camera-' || (i % 8) END,
                CASE i / 4 % 10 WHEN 0 THEN printf('%08x-0000-7000-8000-%012x', ms >> 16, i / 4) END,
                CASE i % 20 WHEN 7 THEN 'failed' ELSE 'ready' END,
                ms * 1000, (ms - 30000) * 1000, (ms + 30000) * 1000, (ms - 30000) * 1000,
                (ms + 30000) * 1000, 60.0, 30000000 + i, 'camera_2026-11-22_11-33-21Z.mp4', 1920, 1080,
                'h264', 'aac',
                CASE WHEN i % 10 = 3 THEN 'motion' WHEN i % 10 IN (1, 4, 6, 9)
                    THEN 'gate ' || (i % 500) END,
                CASE WHEN i % 10 IN (3, 5) THEN 'a parcel was left at the door, order ' || i END,
                CASE i % 10 WHEN 1 THEN '{"order":' || i || '}' END,
                i % 20 = 0, ms * 1000, (ms + 31000) * 1000,
                CASE i % 20 WHEN 7 THEN 'nothing was recorded in this clip''s window' END,
                '{"complete":true,"gaps":[]}'
            FROM event
            """
    }
}
