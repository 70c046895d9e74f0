import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Damaged database", .timeLimit(.minutes(2)))
struct DamagedDatabaseTests {
    private let storage: Storage

    init() throws {
        storage = try Storage()
    }

    /// Opens the archive, and expects a new database that lists these clips.
    private func expectNew(
        _ clips: [Clip],
        keepingOld: Bool = true,
        because words: String
    ) async throws {
        let before = storage.log.all.count
        let archive = try storage.open()
        #expect(try await archive.clips(limit: 100) == clips.reversed())
        #expect(storage.log.all.count == before + 1)
        let line = try #require(storage.log.all.last)
        #expect(line.contains(words), "\(line)")
        #expect(line.contains("have folders: \(clips.count)"), "\(line)")
        let kept = storage.names.filter { $0.hasPrefix("database.db.damaged-") }
        #expect(kept.isEmpty != keepingOld)
        for name in kept where !name.hasSuffix("-wal") && !name.hasSuffix("-shm") {
            #expect(line.contains(name), "\(line)")
        }
        await archive.closeDatabase()
        // Once is enough.
        let next = try storage.open()
        #expect(try await next.clips(limit: 100) == clips.reversed())
        #expect(storage.log.all.count == before + 1)
    }

    @Test("One that is whole is left as it is, and so is a storage folder without clips")
    func whole() async throws {
        _ = try storage.open()
        let clips = try await storage.fill(3)
        let archive = try storage.open()
        #expect(try await archive.clips(limit: 100) == clips.reversed())
        #expect(storage.log.all.isEmpty)
    }

    @Test("One that was cut off is set aside, and a new one made", arguments: [1, 100, 4096, 9000])
    func truncated(size: Int) async throws {
        let clips = try await storage.fill(30)
        try storage.damage(storage.databasePath) { $0 = $0.prefix(size) }
        // SQLite takes a byte for nothing at all.
        try await expectNew(clips, because: size == 1 ? "is empty" : "database is damaged")
    }

    @Test("One whose header is garbage is set aside, and a new one made")
    func header() async throws {
        let clips = try await storage.fill(3)
        try storage.damage(storage.databasePath) {
            $0.replaceSubrange(0..<64, with: [UInt8](repeating: 0x58, count: 64))
        }
        try await expectNew(clips, because: "file is not a database")
    }

    @Test("One with a page of garbage is set aside, and a new one made")
    func page() async throws {
        let clips = try await storage.fill(60)
        try storage.damage(storage.databasePath) { data in
            #expect(data.count > 6 * 4096)
            for index in 5 * 4096..<6 * 4096 { data[index] ^= 0xFF }
        }
        try await expectNew(clips, because: "database is damaged")
    }

    @Test("One that is gone, or empty, is made anew")
    func gone() async throws {
        let clips = try await storage.fill(2)
        unlink(storage.databasePath)
        try await expectNew(clips, keepingOld: false, because: "the database is missing")
        try storage.damage(storage.databasePath) { $0 = Data() }
        try await expectNew(clips, because: "the database is empty")
    }

    @Test("Damage in the write-ahead log loses no clip")
    func writeAheadLog() async throws {
        let clips = try await storage.fill(3)
        let late = Clip.example(at: .event + .seconds(40_000), status: .ready)
        let last = Clip.example(at: .event + .seconds(50_000), status: .ready)
        let table = try storage.table()
        for clip in [late, last] {
            try storage.putFolder(clip)
            try await table.insert(clip)
        }
        // As a crash leaves it: with the log that holds the last commits.
        let log = storage.databasePath + "-wal"
        let bytes = try Data(contentsOf: URL(filePath: log))
        await table.close()
        try bytes.write(to: URL(filePath: log))
        try storage.damage(log) { $0[100] ^= 1 }
        try await expectNew(clips + [late, last], because: "write-ahead log is damaged")
    }

    @Test("Damage that is met while running is said, and mended by the next start")
    func whileRunning() async throws {
        let clips = try await storage.fill(60)
        let archive = try storage.open()
        // Behind the open archive's back; its pages are not in memory yet.
        let file = try FileHandle(forWritingTo: URL(filePath: storage.databasePath))
        for page in 1..<9 {
            try file.seek(toOffset: UInt64(page * 4096))
            try file.write(contentsOf: Data(repeating: 0x58, count: 4096))
        }
        try file.close()
        #expect(!archive.isDatabaseDamaged)
        await #expect(throws: ArchiveError.self) { try await archive.clips(limit: 100) }
        await #expect(throws: ArchiveError.self) { try await archive.clips(limit: 100) }
        #expect(archive.isDatabaseDamaged)
        #expect(storage.log.all.count == 1)
        #expect(storage.log.all.first?.contains("the next start") == true)
        await archive.closeDatabase()
        try await expectNew(clips, because: "as was seen while it was used")
    }

    @Test("What was being recorded is taken up from its folder")
    func recording() async throws {
        let clips = try await storage.fill(1)
        let clip = Clip.example(at: .event + .seconds(9000))
        try storage.putStaging(clip)
        unlink(storage.databasePath)
        let archive = try storage.open()
        #expect(try await archive.clips(limit: 9) == [clip] + clips)
        try await archive.recover()
        let finished = try await archive.finished(clip.id)
        #expect(finished.status == .failed)
        #expect(storage.layout.final(finished).exists)
    }

    @Test("A folder whose clip.json is damaged is named in the log, not listed, and stays")
    func unreadable() async throws {
        let clips = try await storage.fill(2)
        try storage.layout.final(clips[0]).write([1], to: ClipManifest.fileName)
        unlink(storage.databasePath)
        let archive = try storage.open()
        #expect(try await archive.clips(limit: 9) == [clips[1]])
        #expect(storage.log.all.contains { $0.contains("clip.json of \(clips[0].id) is damaged") })
        try await archive.recover()
        #expect(storage.layout.final(clips[0]).exists)
    }

    @Test("One of a newer program is refused, not replaced")
    func newer() throws {
        _ = try storage.open()
        try Database(path: storage.databasePath, mode: .readWrite)
            .execute("PRAGMA user_version = 999")
        #expect(throws: ArchiveError.databaseTooNew(version: 999)) { try storage.open() }
        #expect(storage.log.all.isEmpty)
    }

    @Test("A rebuild at a person's wish keeps the old one under another name")
    func rebuild() async throws {
        let clips = try await storage.fill(3)
        let table = try storage.table()
        try await table.remove(clips[0].id)
        await table.close()
        let (count, kept) = try await DatabaseRebuild().run(
            root: storage.folder.path,
            databasePath: storage.databasePath,
            report: { Issue.record("\($0)") }
        )
        #expect(count == 3)
        #expect(kept?.hasPrefix("database.db.before-reindex-") == true)
        #expect(storage.names.contains(kept ?? ""))
        let archive = try storage.open()
        #expect(try await archive.clips(limit: 9) == clips.reversed())
    }
}
