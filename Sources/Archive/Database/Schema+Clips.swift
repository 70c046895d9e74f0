extension Schema {
    /// 1: the clips.
    static let clips = """
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
}
