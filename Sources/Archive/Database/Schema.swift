/// The database's schema, as numbered steps: `PRAGMA user_version` says how many have been taken.
enum Schema {
    /// Each step runs once, in a transaction. Never change one that has been released: add another.
    private static let migrations = [
        """
        CREATE TABLE clip (
            id TEXT PRIMARY KEY,
            camera TEXT NOT NULL,
            incident TEXT,
            status TEXT NOT NULL,
            timestamp INTEGER NOT NULL,
            requested_start INTEGER NOT NULL,
            requested_end INTEGER NOT NULL,
            start INTEGER,
            "end" INTEGER,
            duration REAL,
            size INTEGER,
            filename TEXT NOT NULL,
            width INTEGER,
            height INTEGER,
            video_codec TEXT,
            audio_codec TEXT,
            label TEXT,
            note TEXT,
            metadata TEXT,
            locked INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            ready_at INTEGER,
            error TEXT,
            coverage TEXT NOT NULL,
            deleted INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX clip_newest ON clip (timestamp DESC, id DESC) WHERE deleted = 0;
        CREATE INDEX clip_unfinished ON clip (id)
            WHERE status IN ('recording', 'processing') OR deleted = 1;
        """
    ]

    /// Brings the database to the newest version; refuses one from a newer program.
    static func migrate(_ database: Database) throws(ArchiveError) {
        let version =
            try database.query("PRAGMA user_version") { $0.integer(0) ?? 0 }.first ?? 0
        guard version <= migrations.count else { throw .databaseTooNew(version: version) }
        for (number, migration) in zip(1..., migrations) where number > version {
            try database.transaction { () throws(ArchiveError) in
                try database.execute(migration)
                try database.execute("PRAGMA user_version = \(number)")
            }
        }
    }
}
