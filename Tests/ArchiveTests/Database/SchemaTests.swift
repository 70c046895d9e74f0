import TestSupport
import Testing

@testable import Archive

@Suite("Schema")
struct SchemaTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path + "/test.db"
    }

    private func version(_ database: Database) throws -> Int? {
        try database.query("PRAGMA user_version") { $0.integer(0) }[0]
    }

    @Test("Is made from nothing, and making it again changes nothing")
    func fromNothing() throws {
        let database = try Database(path: path, mode: .readWrite)
        try Schema.migrate(database)
        let newest = try #require(try version(database))
        let names = try database.query("SELECT name FROM sqlite_schema") { $0.text(0) ?? "" }
        #expect(newest > 0)
        #expect(Set(names).isSuperset(of: ["clip", "clip_newest", "clip_unfinished", "space"]))
        try Schema.migrate(database)
        #expect(try version(database) == newest)
        #expect(try database.query("SELECT name FROM sqlite_schema") { $0.text(0) ?? "" } == names)
    }

    @Test("A database of a newer program is refused and left as it is")
    func newer() throws {
        let database = try Database(path: path, mode: .readWrite)
        try database.execute("PRAGMA user_version = 99")
        #expect(throws: ArchiveError.databaseTooNew(version: 99)) {
            try Schema.migrate(database)
        }
        #expect(throws: ArchiveError.databaseTooNew(version: 99)) {
            try ClipTable(path: path, mode: .readWrite)
        }
        #expect(try version(database) == 99)
    }

    @Test("A step that fails leaves the database at the version before it")
    func failure() throws {
        let database = try Database(path: path, mode: .readWrite)
        try database.execute("CREATE TABLE clip_newest (a)")
        #expect(throws: ArchiveError.self) { try Schema.migrate(database) }
        #expect(try version(database) == 0)
        let names = try database.query("SELECT name FROM sqlite_schema") { $0.text(0) }
        #expect(names == ["clip_newest"])
    }
}
