import Segmenter

/// The table of clips, through one connection on an executor of its own.
actor ClipTable {
    let database: Database
    let onChange: @Sendable (ClipChange) -> Void
    private let executor: QueueExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// From so many pages on a commit takes the write-ahead log in (4 KiB each). It waits for the disk then,
    /// in a large database for a page here and a page there: by SQLite's own 1000 every 50th commit did.
    private static let pagesOfLog = 4000

    /// Opens the database, and brings its schema up to date when it may write.
    ///
    /// WAL lets readers go on beside the one writer; FULL makes a commit survive a power cut.
    ///
    /// - Parameters:
    ///   - busyTimeout: how long a lock of another program is waited for.
    ///   - onChange: told of each change that lists of clips show, in their order.
    ///   - onDamage: told when the file proves to be damaged.
    init(
        path: String,
        mode: Database.Mode,
        busyTimeout: Duration = .seconds(5),
        onChange: @escaping @Sendable (ClipChange) -> Void = { _ in },
        onDamage: @escaping @Sendable () -> Void = {}
    ) throws(ArchiveError) {
        self.onChange = onChange
        executor = QueueExecutor(label: "database")
        let database = try Database(path: path, mode: mode, busyTimeout: busyTimeout)
        if mode == .readWrite {
            _ = try database.query("PRAGMA journal_mode = WAL") { $0.text(0) }
            try database.execute("PRAGMA synchronous = FULL")
            try database.execute("PRAGMA wal_autocheckpoint = \(Self.pagesOfLog)")
            try Schema.migrate(database)
            // SQLite 3.40 fails once with "no such table" where another program changes the schema before
            // this connection has come to the text index.
            try database.run("SELECT rowid FROM clip_text LIMIT 0")
        }
        database.onDamage = onDamage
        self.database = database
    }

    func close() {
        database.close()
    }

    // MARK: - Writing

    func insert(_ clip: Clip) throws(ArchiveError) {
        try Self.insert(clip, into: database)
        onChange(.written(clip))
    }

    /// The same as a part of a transaction, of which nobody is to hear before it is committed.
    static func insert(_ clip: Clip, into database: Database) throws(ArchiveError) {
        try database.run(try ClipRow.insertion(of: clip))
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

    /// Changes what people say of a clip; nil when there is none. Its `clip.json` is behind until
    /// `markSettled`.
    func edit(_ id: String, _ edit: ClipEdit) throws(ArchiveError) -> Clip? {
        guard var clip = try clip(id) else { return nil }
        edit.apply(to: &clip)
        try database.run(try ClipRow.edit(of: clip))
        onChange(.written(clip))
        return clip
    }

    func markSettled(_ id: String) throws(ArchiveError) {
        try database.run("UPDATE clip SET dirty = 0 WHERE id = ?", [.text(id)])
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

    /// The clips that `query` asks for, from the newest event on, after `cursor`, at most `limit`.
    func clips(
        matching query: ClipQuery,
        after cursor: ClipCursor? = nil,
        limit: Int
    ) throws(ArchiveError) -> ClipPage {
        // One more than asked for tells whether the list goes on.
        let rows = try database.query(query.list(after: cursor, limit: limit + 1)) {
            (row) throws(ArchiveError) in
            (clip: try ClipRow.clip(row), place: row.integer(ClipRow.count) ?? 0)
        }
        let page = rows.prefix(limit)
        let next = rows.count > limit ? page.last.map { ClipCursor(place: Int64($0.place)) } : nil
        return ClipPage(clips: page.map(\.clip), next: next)
    }

    /// How many clips `query` asks for; nil when they are too many to be counted.
    func count(matching query: ClipQuery = ClipQuery()) throws(ArchiveError) -> Int? {
        query.total(try database.query(query.count) { $0.integer(0) ?? 0 }[0])
    }

    /// Clips that an earlier life of the program left recording or processing, oldest first.
    func unfinished() throws(ArchiveError) -> [Clip] {
        try database.query(Self.unfinishedList, [], ClipRow.clip)
    }

    static let unfinishedList = """
        SELECT \(ClipRow.columns) FROM clip INDEXED BY clip_unfinished
        WHERE deleted = 0 AND status IN ('recording', 'processing') ORDER BY id
        """

    /// Clips whose `clip.json` lacks their last edit.
    func dirty() throws(ArchiveError) -> [Clip] {
        try database.query(Self.dirtyList, [], ClipRow.clip)
    }

    static let dirtyList = "SELECT \(ClipRow.columns) FROM clip WHERE dirty = 1 AND deleted = 0"

    /// Clips marked as deleted whose row is still there.
    func deleted() throws(ArchiveError) -> [Clip] {
        try database.query(Self.deletedList, [], ClipRow.clip)
    }

    static let deletedList = """
        SELECT \(ClipRow.columns) FROM clip INDEXED BY clip_unfinished WHERE deleted = 1
        """
}
