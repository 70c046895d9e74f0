import Segmenter

/// The table of clips, through one connection on an executor of its own.
actor ClipTable {
    let database: Database
    let onChange: @Sendable (ClipChange) -> Void
    private let executor: QueueExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Opens the database, and brings its schema up to date when it may write.
    ///
    /// WAL lets readers go on beside the one writer; FULL makes a commit survive a power cut.
    ///
    /// - Parameter onChange: told of each change that lists of clips show, in their order.
    init(
        path: String,
        mode: Database.Mode,
        onChange: @escaping @Sendable (ClipChange) -> Void = { _ in }
    ) throws(ArchiveError) {
        self.onChange = onChange
        executor = QueueExecutor(label: "database")
        let database = try Database(path: path, mode: mode)
        if mode == .readWrite {
            _ = try database.query("PRAGMA journal_mode = WAL") { $0.text(0) }
            try database.execute("PRAGMA synchronous = FULL")
            try Schema.migrate(database)
        }
        self.database = database
    }

    func close() {
        database.close()
    }

    // MARK: - Writing

    func insert(_ clip: Clip) throws(ArchiveError) {
        try database.run(
            "INSERT INTO clip (\(ClipRow.columns)) VALUES (\(ClipRow.placeholders))",
            try ClipRow.values(clip)
        )
        onChange(.written(clip))
    }

    /// Writes a clip's row anew; nothing happens when it is deleted.
    func update(_ clip: Clip) throws(ArchiveError) {
        try database.run(
            """
            UPDATE clip SET (\(ClipRow.columns)) = (\(ClipRow.placeholders))
            WHERE id = ? AND deleted = 0
            """,
            try ClipRow.values(clip) + [.text(clip.id)]
        )
        if database.changes == 1 { onChange(.written(clip)) }
    }

    /// Removes the row of a clip that is gone.
    func remove(_ id: String) throws(ArchiveError) {
        try database.run("DELETE FROM clip WHERE id = ?", [.text(id)])
    }

    // MARK: - Reading

    func clip(_ id: String) throws(ArchiveError) -> Clip? {
        try database.query(
            "SELECT \(ClipRow.columns) FROM clip WHERE id = ? AND deleted = 0",
            [.text(id)],
            ClipRow.clip
        ).first
    }

    /// Clips from the newest event on, after `cursor`, at most `limit`.
    func clips(after cursor: ClipCursor?, limit: Int) throws(ArchiveError) -> [Clip] {
        let (sql, values) = Self.list(after: cursor, limit: limit)
        return try database.query(sql, values, ClipRow.clip)
    }

    /// The list's query. It reads along its index, from the cursor on.
    static func list(after cursor: ClipCursor?, limit: Int) -> (sql: String, values: [SQLValue]) {
        let after = cursor.map { [SQLValue($0.timestamp), SQLValue($0.id)] } ?? []
        let sql = """
            SELECT \(ClipRow.columns) FROM clip WHERE deleted = 0
            \(cursor == nil ? "" : "AND (timestamp, id) < (?, ?)")
            ORDER BY timestamp DESC, id DESC LIMIT ?
            """
        return (sql, after + [SQLValue(limit)])
    }

    func count() throws(ArchiveError) -> Int {
        try database.query("SELECT count(*) FROM clip WHERE deleted = 0") { $0.integer(0) ?? 0 }[0]
    }

    /// Clips that an earlier life of the program left recording or processing, oldest first.
    func unfinished() throws(ArchiveError) -> [Clip] {
        try database.query(
            """
            SELECT \(ClipRow.columns) FROM clip
            WHERE deleted = 0 AND status IN ('recording', 'processing') ORDER BY id
            """,
            [],
            ClipRow.clip
        )
    }

    /// Clips marked as deleted whose row is still there.
    func deleted() throws(ArchiveError) -> [Clip] {
        try database.query(
            "SELECT \(ClipRow.columns) FROM clip WHERE deleted = 1",
            [],
            ClipRow.clip
        )
    }
}
