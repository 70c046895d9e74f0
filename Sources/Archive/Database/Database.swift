import CSQLite

/// A connection to SQLite. Not for sharing: it belongs to one actor, on whose executor it may block.
///
/// Statements are prepared once and kept.
final class Database {
    /// Nil once it is closed.
    private var handle: OpaquePointer?
    private var statements: [String: Statement] = [:]
    /// Told when the file proves to be damaged.
    var onDamage: () -> Void = {}

    enum Mode {
        case readWrite
        case readOnly
    }

    /// - Parameter busyTimeout: how long another connection's lock is waited for, to the millisecond.
    init(
        path: String,
        mode: Mode,
        busyTimeout: Duration = .seconds(5)
    ) throws(ArchiveError) {
        var handle: OpaquePointer?
        let access =
            mode == .readWrite
            ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY
        // NOMUTEX: one thread at a time is our own promise.
        let result = sqlite3_open_v2(path, &handle, access | SQLITE_OPEN_NOMUTEX, nil)
        guard result == SQLITE_OK, let handle else {
            defer { sqlite3_close_v2(handle) }
            throw .database(code: result, message: String(cString: sqlite3_errstr(result)))
        }
        self.handle = handle
        sqlite3_busy_timeout(handle, Int32(busyTimeout / .milliseconds(1)))
    }

    deinit { close() }

    /// Closes the connection; every later call fails.
    func close() {
        statements = [:]
        sqlite3_close_v2(handle)
        handle = nil
    }

    /// Runs statements that give no rows, such as a schema's.
    func execute(_ sql: String) throws(ArchiveError) {
        guard let handle else { throw .shuttingDown }
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw noted(error()) }
    }

    /// Runs one statement to its end.
    func run(_ sql: String, _ values: [SQLValue] = []) throws(ArchiveError) {
        _ = try query(sql, values) { _ in }
    }

    /// Runs one statement and maps each of its rows.
    func query<Element>(
        _ sql: String,
        _ values: [SQLValue] = [],
        _ map: (Row) throws(ArchiveError) -> Element
    ) throws(ArchiveError) -> [Element] {
        do throws(ArchiveError) {
            let statement = try prepare(sql)
            defer { statement.reset() }
            statement.bind(values)
            var rows: [Element] = []
            while true {
                switch sqlite3_step(statement.handle) {
                case SQLITE_ROW: rows.append(try map(Row(statement: statement.handle)))
                case SQLITE_DONE: return rows
                default: throw error()
                }
            }
        } catch {
            throw noted(error)
        }
    }

    func run(_ query: SQLQuery) throws(ArchiveError) {
        try run(query.text, query.values)
    }

    func query<Element>(
        _ query: SQLQuery,
        _ map: (Row) throws(ArchiveError) -> Element
    ) throws(ArchiveError) -> [Element] {
        try self.query(query.text, query.values, map)
    }

    private func noted(_ error: ArchiveError) -> ArchiveError {
        if case .database(let code, _) = error, DamagedDatabase.isDamage(code) { onDamage() }
        return error
    }

    /// How many rows the last statement changed.
    var changes: Int { Int(sqlite3_changes(handle)) }

    /// Runs `work` as one transaction: all of it or nothing.
    func transaction(_ work: () throws(ArchiveError) -> Void) throws(ArchiveError) {
        try execute("BEGIN IMMEDIATE")
        do {
            try work()
            try execute("COMMIT")
        } catch {
            // Some errors have rolled back already; then this one fails, and that is fine.
            try? execute("ROLLBACK")
            throw error
        }
    }

    private func prepare(_ sql: String) throws(ArchiveError) -> Statement {
        if let statement = statements[sql] { return statement }
        guard let connection = self.handle else { throw .shuttingDown }
        var handle: OpaquePointer?
        let result = sqlite3_prepare_v3(
            connection,
            sql,
            -1,
            UInt32(SQLITE_PREPARE_PERSISTENT),
            &handle,
            nil
        )
        guard result == SQLITE_OK, let handle else { throw error() }
        let statement = Statement(handle: handle)
        statements[sql] = statement
        return statement
    }

    private func error() -> ArchiveError {
        .database(
            code: sqlite3_extended_errcode(handle) & 0xFF,
            message: String(cString: sqlite3_errmsg(handle))
        )
    }
}
