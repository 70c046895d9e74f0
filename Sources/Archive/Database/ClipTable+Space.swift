import Segmenter

extension ClipTable {
    /// No clip is longer, for the search along the index of windows.
    private static let longestClip = Duration.seconds(86_400)
    private static let isExpendable =
        "deleted = 0 AND locked = 0 AND status IN ('ready', 'failed')"

    // MARK: - Counting

    /// Counts in a finished clip, unless that has been done or it is deleted.
    func join(_ id: String, bytes: Int, _ changes: Sharing.Changes) throws(ArchiveError) {
        try database.transaction { () throws(ArchiveError) in
            try database.run(
                """
                UPDATE clip SET bytes = ?, shared_bytes = ?
                WHERE id = ? AND bytes IS NULL AND deleted = 0
                """,
                [SQLValue(bytes), SQLValue(changes.ownShared), .text(id)]
            )
            guard database.changes == 1 else { return }
            try share(changes.relieved, sign: 1)
        }
    }

    /// Hides a clip from every list, and counts it out, unless it is locked; its row stays until its
    /// folder is gone.
    func markDeleted(
        _ id: String,
        _ changes: Sharing.Changes = Sharing.Changes()
    ) throws(ArchiveError) -> Bool {
        var wasThere = false
        try database.transaction { () throws(ArchiveError) in
            let counted = try database.query(
                "SELECT bytes IS NOT NULL, locked FROM clip WHERE id = ? AND deleted = 0",
                [.text(id)]
            ) { (isCounted: $0.integer(0) == 1, isLocked: $0.integer(1) == 1) }
            guard let (isCounted, isLocked) = counted.first else { return }
            if isLocked { throw .locked }
            wasThere = true
            try database.run(
                "UPDATE clip SET deleted = 1, bytes = NULL, shared_bytes = 0 WHERE id = ?",
                [.text(id)]
            )
            if isCounted { try share(changes.relieved, sign: -1) }
        }
        if wasThere { onChange(.deleted(id: id)) }
        return wasThere
    }

    private func share(_ bytes: [String: Int], sign: Int) throws(ArchiveError) {
        for (id, bytes) in bytes {
            try database.run(
                "UPDATE clip SET shared_bytes = shared_bytes + ? WHERE id = ?",
                [SQLValue(sign * bytes), .text(id)]
            )
        }
    }

    // MARK: - Reading

    /// Finished clips that have not been counted in, at most `limit`.
    func uncounted(limit: Int) throws(ArchiveError) -> [Clip] {
        try database.query(Self.uncounted, [SQLValue(limit)], ClipRow.clip)
    }

    static let uncounted = """
        SELECT \(ClipRow.columns) FROM clip INDEXED BY clip_uncounted
        WHERE bytes IS NULL AND deleted = 0 AND status IN ('ready', 'failed') ORDER BY id LIMIT ?
        """

    /// A camera's clips that are counted in and reach into a window.
    func counted(of camera: String, in window: ClipWindow) throws(ArchiveError) -> [Clip] {
        try database.query(
            Self.counted,
            [
                .text(camera), SQLValue(window.start - Self.longestClip), SQLValue(window.end),
                SQLValue(window.start),
            ],
            ClipRow.clip
        )
    }

    static let counted = """
        SELECT \(ClipRow.columns) FROM clip INDEXED BY clip_window
        WHERE bytes IS NOT NULL AND camera = ? AND requested_start > ? AND requested_start < ?
        AND requested_end > ?
        """

    /// What retention chooses from: the oldest clips of all and of each of these cameras.
    ///
    /// - Parameter limit: how many of each at most.
    func holdings(_ cameras: [String], limit: Int) throws(ArchiveError) -> Holdings {
        var found = try database.query(Self.expendable, [SQLValue(limit)], Self.expendableClip)
        for camera in cameras {
            found += try database.query(
                Self.expendableOfCamera,
                [.text(camera), SQLValue(limit)],
                Self.expendableClip
            )
        }
        let clips = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }.values
        return Holdings(
            clips: clips.sorted { ($0.timestamp, $0.id) < ($1.timestamp, $1.id) },
            tallies: try tallies()
        )
    }

    private static let expendableColumns =
        "id, camera, timestamp, ifnull(bytes, 0) - shared_bytes"
    static let expendable = """
        SELECT \(expendableColumns) FROM clip INDEXED BY clip_expendable WHERE \(isExpendable)
        ORDER BY timestamp, id LIMIT ?
        """
    static let expendableOfCamera = """
        SELECT \(expendableColumns) FROM clip INDEXED BY clip_expendable_of_camera
        WHERE camera = ? AND \(isExpendable)
        ORDER BY timestamp, id LIMIT ?
        """

    private static func expendableClip(_ row: Row) -> ExpendableClip {
        ExpendableClip(
            id: row.text(0) ?? "",
            camera: row.text(1) ?? "",
            timestamp: row.moment(2) ?? Timestamp(microseconds: 0),
            bytes: row.integer(3) ?? 0
        )
    }

    /// What the clips of each camera come to.
    func tallies() throws(ArchiveError) -> [String: SpaceTally] {
        let found = try database.query("SELECT camera, clips, bytes, shared_bytes FROM space") {
            row in
            let apparent = row.integer(2) ?? 0
            let real = apparent - (row.integer(3) ?? 0)
            let tally = SpaceTally(clips: row.integer(1) ?? 0, apparent: apparent, real: real)
            return (row.text(0) ?? "", tally)
        }
        return Dictionary(found) { first, _ in first }
    }
}
