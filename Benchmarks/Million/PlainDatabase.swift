import Archive
import CSQLite
import TestSupport

/// SQLite as a program without Hindsight uses it: a connection, and statements that are kept.
final class PlainDatabase {
    private let handle: OpaquePointer
    private var statements: [String: OpaquePointer] = [:]

    init(path: String) throws {
        var handle: OpaquePointer?
        guard sqlite3_open(path, &handle) == SQLITE_OK, let handle else {
            throw TestFailure("sqlite3_open of \(path)")
        }
        self.handle = handle
        sqlite3_busy_timeout(handle, 5000)
        try execute("PRAGMA synchronous = FULL")
        // As the archive: whoever of the two takes the log in first, the other has to wait for as well.
        try execute("PRAGMA wal_autocheckpoint = 4000")
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close(handle)
    }

    func execute(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure }
    }

    /// Runs a statement to its end and reads every column of every row; gives their number.
    @discardableResult
    func run(_ query: SQLQuery) throws -> Int {
        let statement = try prepared(query.text)
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        for (index, value) in zip(Int32(1)..., query.values) {
            switch value {
            case .null: sqlite3_bind_null(statement, index)
            case .integer(let number): sqlite3_bind_int64(statement, index, number)
            case .real(let number): sqlite3_bind_double(statement, index, number)
            case .text(let text): sqlite3_bind_text(statement, index, text, -1, csqlite_transient())
            }
        }
        var rows = 0
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                rows += 1
                for column in 0..<sqlite3_column_count(statement) {
                    _ = sqlite3_column_text(statement, column)
                }
            case SQLITE_DONE: return rows
            default: throw failure
            }
        }
    }

    private func prepared(_ sql: String) throws -> OpaquePointer {
        if let statement = statements[sql] { return statement }
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement
        else { throw failure }
        statements[sql] = statement
        return statement
    }

    private var failure: TestFailure { TestFailure(String(cString: sqlite3_errmsg(handle))) }
}
