import Foundation
import TestSupport
import Testing

@testable import Archive

@Suite("Database")
struct DatabaseTests {
    private let folder: TemporaryFolder
    private let database: Database

    init() throws {
        folder = try TemporaryFolder()
        database = try Database(path: folder.path + "/test.db", mode: .readWrite)
        try database.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b ANY) STRICT")
    }

    private func rows() throws -> [Int?] {
        try database.query("SELECT a FROM t ORDER BY a") { $0.integer(0) }
    }

    @Test(
        "Values come back as they went in",
        arguments: [
            "", "plain", "it's \"quoted\"", "ü 📦", "a\0b", String(repeating: "x", count: 100_000),
        ]
    )
    func text(_ text: String) throws {
        try database.run("INSERT INTO t (b) VALUES (?)", [.text(text)])
        #expect(try database.query("SELECT b FROM t") { $0.text(0) } == [text])
    }

    @Test("Numbers and nothing come back as they went in, and nothing is no zero")
    func numbers() throws {
        let values: [SQLValue] = [
            .integer(.max), .integer(.min), .real(0.1), .null, SQLValue(true),
            SQLValue(nil as Int?),
        ]
        for value in values { try database.run("INSERT INTO t (b) VALUES (?)", [value]) }
        let integers = try database.query("SELECT b FROM t WHERE a IN (1, 2, 5, 6)") {
            $0.integer(0)
        }
        #expect(integers == [.max, .min, 1, nil])
        let reals = try database.query("SELECT b FROM t WHERE a IN (3, 4)") { $0.real(0) }
        #expect(reals == [0.1, nil])
        #expect(try database.query("SELECT NULL") { $0.moment(0) } == [nil])
        #expect(try database.query("SELECT NULL") { $0.text(0) } == [nil])
    }

    @Test("A statement that was used before keeps nothing of its old values")
    func reuse() throws {
        for number in [1, 2, 3] {
            try database.run("INSERT INTO t VALUES (?, ?)", [SQLValue(number), .null])
        }
        #expect(try rows() == [1, 2, 3])
        #expect(try rows() == [1, 2, 3])
    }

    @Test("Says how many rows changed")
    func changes() throws {
        try database.run("INSERT INTO t (b) VALUES (1), (2)")
        try database.run("UPDATE t SET b = 3")
        #expect(database.changes == 2)
        try database.run("UPDATE t SET b = 3 WHERE a = 99")
        #expect(database.changes == 0)
    }

    @Test("A transaction is kept as a whole")
    func commit() throws {
        try database.transaction { () throws(ArchiveError) in
            try database.run("INSERT INTO t (a) VALUES (1)")
            try database.run("INSERT INTO t (a) VALUES (2)")
        }
        #expect(try rows() == [1, 2])
    }

    @Test("A transaction that fails leaves nothing, and the next one works")
    func rollback() throws {
        #expect(throws: ArchiveError.noSpace) {
            try database.transaction { () throws(ArchiveError) in
                try database.run("INSERT INTO t (a) VALUES (1)")
                throw .noSpace
            }
        }
        #expect(try rows() == [])
        try database.transaction { () throws(ArchiveError) in
            try database.run("INSERT INTO t (a) VALUES (2)")
        }
        #expect(try rows() == [2])
    }

    @Test("Errors have SQLite's primary code and its words")
    func errors() throws {
        let syntax = #expect(throws: ArchiveError.self) { try database.run("SELEKT 1") }
        #expect(syntax == .database(code: 1, message: "near \"SELEKT\": syntax error"))

        try database.run("INSERT INTO t (a) VALUES (1)")
        // The extended code is 1555.
        let unique = #expect(throws: ArchiveError.self) {
            try database.run("INSERT INTO t (a) VALUES (1)")
        }
        #expect(unique == .database(code: 19, message: "UNIQUE constraint failed: t.a"))
    }

    @Test("A statement that failed can be run again")
    func afterError() throws {
        let insert = "INSERT INTO t (a) VALUES (?)"
        try database.run(insert, [.integer(1)])
        #expect(throws: ArchiveError.self) { try database.run(insert, [.integer(1)]) }
        try database.run(insert, [.integer(2)])
        #expect(try rows() == [1, 2])
    }

    @Test("A connection for reading alone does not write")
    func readOnly() throws {
        let reader = try Database(path: folder.path + "/test.db", mode: .readOnly)
        let error = #expect(throws: ArchiveError.self) {
            try reader.run("INSERT INTO t (a) VALUES (1)")
        }
        #expect(error == .database(code: 8, message: "attempt to write a readonly database"))
    }

    @Test("A file that cannot be opened, or is no database, is an error")
    func unusable() throws {
        let missing = #expect(throws: ArchiveError.self) {
            try Database(path: folder.path + "/no/such.db", mode: .readWrite)
        }
        #expect(missing == .database(code: 14, message: "unable to open database file"))

        let text = folder.file("text.db")
        try String(repeating: "no database ", count: 100).write(
            to: text,
            atomically: true,
            encoding: .utf8
        )
        let foreign = #expect(throws: ArchiveError.self) {
            try Database(path: text.path, mode: .readWrite).run("SELECT * FROM sqlite_schema")
        }
        #expect(foreign == .database(code: 26, message: "file is not a database"))
    }
}
