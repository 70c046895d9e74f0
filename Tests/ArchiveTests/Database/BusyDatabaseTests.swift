import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

/// Another program holds the database's lock: a connection of its own, as `sqlite3` would have.
@Suite("A busy database", .timeLimit(.minutes(1)))
struct BusyDatabaseTests {
    private let folder: TemporaryFolder
    private let path: String
    private let other: Database

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path + "/test.db"
        _ = try ClipTable(path: path, mode: .readWrite)
        other = try Database(path: path, mode: .readWrite)
    }

    @Test("A writer gives up after its time, and works again when the lock is gone")
    func refused() async throws {
        let table = try ClipTable(
            path: path,
            mode: .readWrite,
            busyTimeout: .milliseconds(50)
        )
        let clip = Clip.example()
        try await table.insert(clip)
        try other.execute("BEGIN IMMEDIATE")
        let error = await #expect(throws: ArchiveError.self) {
            try await table.edit(clip.id, ClipEdit(label: "late"))
        }
        #expect(error == .database(code: 5, message: "database is locked"))
        #expect(try await table.clip(clip.id) == clip)
        try other.execute("COMMIT")
        #expect(try await table.edit(clip.id, ClipEdit(label: "now"))?.label == "now")
    }

    @Test("A writer waits for a lock that goes, and readers wait for none")
    func waits() async throws {
        let table = try ClipTable(path: path, mode: .readWrite, busyTimeout: .seconds(50))
        let reader = try ClipTable(path: path, mode: .readOnly, busyTimeout: .zero)
        let clip = Clip.example()
        try await table.insert(clip)
        try other.execute("BEGIN IMMEDIATE")
        try other.run("UPDATE clip SET label = 'uncommitted'")
        let written = Lines()
        async let edited = {
            let clip = try await table.edit(clip.id, ClipEdit(label: "after"))
            written.add("done")
            return clip
        }()
        for _ in 0..<20 {
            #expect(try await reader.clip(clip.id) == clip)
            #expect(try await reader.clips(limit: 9) == [clip])
        }
        #expect(written.all.isEmpty)
        try other.execute("COMMIT")
        #expect(try await edited?.label == "after")
        #expect(try await reader.clip(clip.id)?.label == "after")
    }
}
