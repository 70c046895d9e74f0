// What a check of the storage folder asks.
extension ClipTable {
    /// What the database says of a clip, also while it is being deleted.
    func facts(_ id: String) throws(ArchiveError) -> RowFacts? {
        let dirty = try hasDirty() ? "dirty" : "0"
        return try database.query(
            "SELECT \(ClipRow.columns), deleted, \(dirty) FROM clip WHERE id = ?",
            [.text(id)]
        ) { (row) throws(ArchiveError) in
            RowFacts(
                clip: try ClipRow.clip(row),
                isDeleted: row.integer(ClipRow.count) == 1,
                isDirty: row.integer(ClipRow.count + 1) == 1
            )
        }.first
    }

    /// The ids after `id`, in their order, at most `limit`.
    func ids(after id: String, limit: Int) throws(ArchiveError) -> [String] {
        try database.query(
            "SELECT id FROM clip WHERE id > ? ORDER BY id LIMIT ?",
            [.text(id), SQLValue(limit)]
        ) { $0.text(0) ?? "" }
    }

    /// Reads the whole database and gives what is wrong with it, in SQLite's words.
    func faults() throws(ArchiveError) -> [String] {
        try database.query("PRAGMA quick_check(5)") { $0.text(0) ?? "" }.filter { $0 != "ok" }
    }

    /// A database that was last written by an earlier program lacks the column.
    private func hasDirty() throws(ArchiveError) -> Bool {
        let columns = try database.query("PRAGMA table_info(clip)") { $0.text(1) }
        return columns.contains("dirty")
    }
}
