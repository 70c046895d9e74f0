import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Check of the storage folder", .timeLimit(.minutes(2)))
struct ArchiveCheckTests {
    private let storage: Storage
    private let clips: [Clip]
    /// Of the first clip: its place below the storage folder, and its folder.
    private let place: String
    private let folder: ClipFolder

    init() async throws {
        storage = try Storage()
        clips = try await storage.fill(3)
        place = ClipLayout.place(of: clips[0])
        folder = storage.layout.final(clips[0])
    }

    /// Expects one finding and what its repair says; then nothing is left.
    private func expect(_ finding: String, repair words: String) async throws {
        #expect(try await storage.check() == [finding])
        #expect(try await storage.repair() == [words])
        #expect(try await storage.check().isEmpty)
    }

    private func rows() async throws -> [Clip] {
        let table = try storage.table()
        let rows = try await table.clips(limit: 100)
        await table.close()
        return rows
    }

    @Test("Finds nothing where all is as it should be, and repairs nothing")
    func clean() async throws {
        #expect(try await storage.check().isEmpty)
        #expect(try await storage.check(.quick).isEmpty)
        #expect(try await storage.repair().isEmpty)
        #expect(try await rows() == clips.reversed())
    }

    @Test("Writes nothing without being told to repair")
    func readOnly() async throws {
        folder.removeAll()
        let before = try Data(contentsOf: URL(filePath: storage.databasePath))
        #expect(try await storage.check().count == 1)
        #expect(try Data(contentsOf: URL(filePath: storage.databasePath)) == before)
    }

    @Test("A folder deleted by hand: its row goes")
    func folderGone() async throws {
        folder.removeAll()
        try await expect("missing \(place) removeRow", repair: "its row is removed")
        #expect(try await rows() == clips[1...].reversed())
    }

    @Test("A folder without a row: it gets one")
    func rowGone() async throws {
        let table = try storage.table()
        try await table.remove(clips[0].id)
        await table.close()
        try await expect("foreign \(place) insertRow", repair: "it has a row now")
        #expect(try await rows() == clips.reversed())
    }

    @Test("A row that says otherwise than clip.json follows it")
    func different() async throws {
        var other = clips[0]
        other.label = "changed behind the program's back"
        let table = try storage.table()
        try await table.update(other)
        await table.close()
        try await expect("different \(place) rewriteRow", repair: "the row follows clip.json")
        #expect(try await rows() == clips.reversed())
    }

    @Test(
        "Foreign files are moved, not deleted",
        arguments: ["clips/notes.txt", "clips/2023-11-14/notes.txt", "clips/music/song.mp3"]
    )
    func foreign(path: String) async throws {
        let file = storage.folder.path + "/" + path
        for content in ["one", "two"] {
            try FileManager.default.createDirectory(
                atPath: String(file[..<file.lastIndex(of: "/")!]),
                withIntermediateDirectories: true
            )
            try content.write(toFile: file, atomically: true, encoding: .utf8)
            let found = path.replacing("/song.mp3", with: "")
            #expect(try await storage.check() == ["foreign \(found) setAside"])
            #expect(try await storage.repair().count == 1)
            #expect(try await storage.check().isEmpty)
        }
        let lost = ClipFolder(path: storage.layout.lostRoot)
        let below = path.dropFirst("clips/".count)
        let second =
            below.hasSuffix(".mp3") ? "music-2/song.mp3" : "\(below)-2"
        #expect(FileManager.default.contents(atPath: lost.file(String(below))) == Data("one".utf8))
        #expect(FileManager.default.contents(atPath: lost.file(second)) == Data("two".utf8))
    }

    @Test("A foreign file in a clip's folder is moved under that clip's name")
    func foreignInClip() async throws {
        try folder.write([1], to: "notes.txt")
        try await expect(
            "foreign \(place)/notes.txt setAside",
            repair: "moved to \(place.replacing("clips/", with: "clips/.lost/"))/notes.txt"
        )
    }

    @Test("A staging folder that is no clip's is set aside; that of one being recorded is left")
    func staging() async throws {
        let recorded = Clip.example(at: .event)
        let orphan = Clip.example(at: .event)
        try storage.putStaging(recorded)
        try storage.putStaging(orphan)
        let table = try storage.table()
        try await table.insert(recorded)
        await table.close()
        try await expect(
            "foreign clips/.staging/\(orphan.id) setAside",
            repair: "moved to clips/.lost/.staging/\(orphan.id)"
        )
        #expect(storage.layout.staging(recorded.id).exists)
    }

    @Test("A deletion that was not finished is, one under way is left")
    func trash() async throws {
        let orphan = storage.layout.trash(UUIDv7.make(at: .event))
        let table = try storage.table()
        #expect(try await table.markDeleted(clips[0].id))
        await table.close()
        try storage.layout.trash("").create()
        try folder.move(to: storage.layout.trash(clips[0].id))
        try orphan.create()
        try await expect(
            "foreign \(orphan.path.dropFirst(storage.folder.path.count + 1)) finishDeletion",
            repair: "removed"
        )
        #expect(storage.layout.trash(clips[0].id).exists)
    }

    @Test("A segment that was cut off, or a byte of it flipped, is reported and left")
    func segment() async throws {
        try storage.damage(folder.file("000001.m4s")) { $0[3] ^= 1 }
        #expect(try await storage.check() == ["damaged \(place)/000001.m4s -"])
        // Its size is as it should be.
        #expect(try await storage.check(.quick).isEmpty)
        try storage.damage(folder.file("000001.m4s")) { $0.removeLast() }
        #expect(try await storage.check(.quick) == ["damaged \(place)/000001.m4s -"])
        #expect(try await storage.repair() == [nil])
        #expect(try await storage.check() == ["damaged \(place)/000001.m4s -"])
        #expect(try folder.manifest().clip == clips[0])
    }

    @Test("A damaged clip.json is reported and left, with all that lies beside it")
    func manifest() async throws {
        try storage.damage(folder.file(ClipManifest.fileName)) { $0 = $0.dropLast(20) }
        #expect(try await storage.check() == ["damaged \(place)/clip.json -"])
        #expect(try await storage.repair() == [nil])
        #expect(folder.names.count == 5)
    }

    @Test("A row that cannot be read is a finding, not the end of the check")
    func unreadableRow() async throws {
        let database = try Database(path: storage.databasePath, mode: .readWrite)
        try database.run("UPDATE clip SET coverage = '{' WHERE id = ?", [.text(clips[0].id)])
        database.close()
        folder.removeAll()
        storage.layout.final(clips[1]).removeAll()
        #expect(
            try await storage.check() == [
                "damaged the database -", "missing \(ClipLayout.place(of: clips[1])) removeRow",
            ]
        )
    }

    @Test("What is gone at a later look is no finding")
    func laterLook() async throws {
        let stray = storage.folder.path + "/clips/stray"
        try Data().write(to: URL(filePath: stray))
        folder.removeAll()
        let check = try ArchiveCheck(
            root: storage.folder.path,
            databasePath: storage.databasePath,
            wait: { _ in unlink(stray) }
        )
        let report = try await check.run()
        #expect(report.findings.map(\.place) == [place])
        #expect(report.clips == 2)
        await check.close()
    }
}
