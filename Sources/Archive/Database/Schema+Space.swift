extension Schema {
    /// What clips take on the disk, and their sums by camera.
    ///
    /// `bytes` are those of all files of a clip's folder, null until they have been counted;
    /// `shared_bytes`, of these, those in files that an older clip holds as well.
    static let space = """
        ALTER TABLE clip ADD COLUMN bytes INTEGER;
        ALTER TABLE clip ADD COLUMN shared_bytes INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX clip_expendable ON clip (timestamp, id)
            WHERE deleted = 0 AND locked = 0 AND status IN ('ready', 'failed');
        CREATE INDEX clip_expendable_of_camera ON clip (camera, timestamp, id)
            WHERE deleted = 0 AND locked = 0 AND status IN ('ready', 'failed');
        CREATE INDEX clip_uncounted ON clip (id)
            WHERE bytes IS NULL AND deleted = 0 AND status IN ('ready', 'failed');
        CREATE INDEX clip_window ON clip (camera, requested_start, requested_end)
            WHERE bytes IS NOT NULL;

        CREATE TABLE space (
            camera TEXT PRIMARY KEY,
            clips INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            shared_bytes INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        INSERT INTO space SELECT camera, sum(\(counts("clip"))), 0, 0 FROM clip GROUP BY camera;
        CREATE TRIGGER clip_space_insert AFTER INSERT ON clip BEGIN
            INSERT INTO space VALUES (new.camera, 0, 0, 0) ON CONFLICT DO NOTHING;
            UPDATE space SET \(sums("+", "new")) WHERE camera = new.camera;
        END;
        CREATE TRIGGER clip_space_update
            AFTER UPDATE OF status, locked, deleted, bytes, shared_bytes ON clip BEGIN
            UPDATE space SET \(sums("-", "old")) WHERE camera = old.camera;
            UPDATE space SET \(sums("+", "new")) WHERE camera = new.camera;
        END;
        CREATE TRIGGER clip_space_delete AFTER DELETE ON clip BEGIN
            UPDATE space SET \(sums("-", "old")) WHERE camera = old.camera;
        END;
        """

    /// Whether a row counts among those that retention may take.
    private static func counts(_ row: String) -> String {
        "(\(row).deleted = 0 AND \(row).locked = 0 AND \(row).status IN ('ready', 'failed'))"
    }

    private static func sums(_ sign: String, _ row: String) -> String {
        let bytes = ["bytes", "shared_bytes"].map {
            "\($0) = \($0) \(sign) iif(\(row).deleted = 0, ifnull(\(row).\($0), 0), 0)"
        }
        return (["clips = clips \(sign) \(counts(row))"] + bytes).joined(separator: ", ")
    }
}
