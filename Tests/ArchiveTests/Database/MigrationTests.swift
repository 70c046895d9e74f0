import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Databases of earlier versions")
struct MigrationTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path + "/test.db"
    }

    /// A database as the program of version 1 wrote it; the clips marked as deleted are the last.
    private func makeFirst(_ clips: [Clip], deleted: Int = 0) throws {
        let database = try FirstDatabase.make(path, holding: clips)
        for clip in clips.suffix(deleted) {
            try database.run("UPDATE clip SET deleted = 1 WHERE id = ?", [.text(clip.id)])
        }
    }

    @Test("Version 1: every clip is there as it was, in its order, counted and found by its words")
    func first() async throws {
        var clips = (0..<50).map {
            Clip.example(at: .event + .milliseconds($0 / 5), status: .ready)
        }
        clips[3].status = .recording
        clips[5].locked = true
        var full = Clip.fullExample()
        full.accuracy = nil
        clips.append(full)
        clips.append(.example(at: .event + .seconds(1)))
        try makeFirst(clips.shuffled().filter { $0 != clips[51] } + [clips[51]], deleted: 1)

        let table = try ClipTable(path: path, mode: .readWrite)
        let listed = clips.dropLast().sorted { ($0.timestamp, $0.id) > ($1.timestamp, $1.id) }
        #expect(try await table.clips(limit: 100) == listed)
        #expect(try await table.deleted() == [clips[51]])
        #expect(try await table.unfinished() == [clips[3]])
        #expect(try await table.dirty().isEmpty)
        #expect(try await table.count() == 51)
        #expect(try await table.count(matching: ClipQuery(camera: "yard", locked: true)) == 1)
        let found = try await table.clips(matching: ClipQuery(text: "paket"), limit: 9)
        #expect(found.clips == [clips[50]])

        // And it goes on: another of the same moment comes to lie before those that were there.
        let another = Clip.example(at: .event + .milliseconds(9))
        try await table.insert(another)
        #expect(try await table.clips(limit: 1) == [another])
        let database = try Database(path: path, mode: .readWrite)
        try database.run("INSERT INTO clip_text (clip_text, rank) VALUES ('integrity-check', 1)")
        #expect(try database.query("PRAGMA user_version") { $0.integer(0) } == [Schema.version])
    }

    @Test("A step that fails half-way leaves the earlier version as it was")
    func failure() async throws {
        let clip = Clip.example()
        try makeFirst([clip])
        let database = try Database(path: path, mode: .readWrite)
        try database.execute("CREATE TABLE clip_tally (a)")
        #expect(throws: ArchiveError.self) { try ClipTable(path: path, mode: .readWrite) }
        #expect(try database.query("PRAGMA user_version") { $0.integer(0) } == [1])
        #expect(try database.query("SELECT id FROM clip") { $0.text(0) } == [clip.id])
        try database.execute("DROP TABLE clip_tally")
        let table = try ClipTable(path: path, mode: .readWrite)
        #expect(try await table.clips(limit: 9) == [clip])
    }
}
