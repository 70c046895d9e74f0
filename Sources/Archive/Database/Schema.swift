/// The database's schema, as numbered steps: `PRAGMA user_version` says how many have been taken.
enum Schema {
    /// Each step runs once, in a transaction. Never change one that has been released: add another.
    private static let migrations = [clips, queries, idempotency, space, accuracy]

    /// The newest version.
    static var version: Int { migrations.count }

    /// Brings the database to the newest version; refuses one from a newer program.
    static func migrate(_ database: Database) throws(ArchiveError) {
        let version =
            try database.query("PRAGMA user_version") { $0.integer(0) ?? 0 }.first ?? 0
        guard version <= Self.version else { throw .databaseTooNew(version: version) }
        for (number, migration) in zip(1..., migrations) where number > version {
            try database.transaction { () throws(ArchiveError) in
                try database.execute(migration)
                try database.execute("PRAGMA user_version = \(number)")
            }
        }
    }
}
