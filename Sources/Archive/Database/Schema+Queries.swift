extension Schema {
    /// 2: rows in the order of the list, indices for every filter, text search, tallies, edits.
    ///
    /// A row's number is its place in the list: the event's millisecond × 32768 and a small number
    /// that makes it unique. Every index ends with it, and so does the text's.
    static let queries = """
        ALTER TABLE clip RENAME TO clip_before;
        CREATE TABLE clip (
            place INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
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
            deleted INTEGER NOT NULL DEFAULT 0,
            dirty INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        INSERT INTO clip
            SELECT timestamp / 1000 * 32768
                + row_number() OVER (PARTITION BY timestamp / 1000 ORDER BY id) - 1,
                id, camera, incident, status, timestamp, requested_start, requested_end, start, "end",
                duration, size, filename, width, height, video_codec, audio_codec, label, note,
                metadata, locked, created_at, ready_at, error, coverage, deleted, 0
            FROM clip_before ORDER BY timestamp, id;
        DROP TABLE clip_before;

        CREATE INDEX clip_status ON clip (status, locked) WHERE deleted = 0;
        CREATE INDEX clip_camera ON clip (camera, status, locked) WHERE deleted = 0;
        CREATE INDEX clip_label ON clip (label, status, locked)
            WHERE deleted = 0 AND label IS NOT NULL;
        CREATE INDEX clip_label_camera ON clip (label, camera, status, locked)
            WHERE deleted = 0 AND label IS NOT NULL;
        CREATE INDEX clip_incident ON clip (incident) WHERE deleted = 0 AND incident IS NOT NULL;
        CREATE INDEX clip_unfinished ON clip (id)
            WHERE status IN ('recording', 'processing') OR deleted = 1;
        CREATE INDEX clip_dirty ON clip (id) WHERE dirty = 1;

        -- How many clips are listed of each kind: to count a million takes too long.
        CREATE TABLE clip_tally (
            camera TEXT NOT NULL,
            status TEXT NOT NULL,
            locked INTEGER NOT NULL,
            clips INTEGER NOT NULL,
            PRIMARY KEY (camera, status, locked)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO clip_tally
            SELECT camera, status, locked, count(*) FROM clip WHERE deleted = 0 GROUP BY 1, 2, 3;
        CREATE TRIGGER clip_tally_insert AFTER INSERT ON clip WHEN new.deleted = 0 BEGIN
            INSERT INTO clip_tally VALUES (new.camera, new.status, new.locked, 1)
                ON CONFLICT (camera, status, locked) DO UPDATE SET clips = clips + 1;
        END;
        CREATE TRIGGER clip_tally_update AFTER UPDATE OF camera, status, locked, deleted ON clip
            WHEN (old.camera, old.status, old.locked, old.deleted)
                IS NOT (new.camera, new.status, new.locked, new.deleted) BEGIN
            UPDATE clip_tally SET clips = clips - 1
                WHERE old.deleted = 0
                    AND (camera, status, locked) = (old.camera, old.status, old.locked);
            INSERT INTO clip_tally
                SELECT new.camera, new.status, new.locked, 1 WHERE new.deleted = 0
                ON CONFLICT (camera, status, locked) DO UPDATE SET clips = clips + 1;
        END;
        CREATE TRIGGER clip_tally_delete AFTER DELETE ON clip WHEN old.deleted = 0 BEGIN
            UPDATE clip_tally SET clips = clips - 1
                WHERE (camera, status, locked) = (old.camera, old.status, old.locked);
        END;

        -- The words of label and note. An index for each length of a beginning: without one FTS5 first
        -- collects all that begins so.
        CREATE VIEW clip_words AS SELECT place, label, note FROM clip WHERE deleted = 0;
        CREATE VIRTUAL TABLE clip_text USING fts5 (
            label, note, content = 'clip_words', content_rowid = 'place', columnsize = 0,
            prefix = '1 2 3 4 5 6 7 8 9 10 11 12', tokenize = 'unicode61 remove_diacritics 2'
        );
        INSERT INTO clip_text (clip_text) VALUES ('rebuild');
        CREATE TRIGGER clip_text_insert AFTER INSERT ON clip
            WHEN new.deleted = 0 AND coalesce(new.label, new.note) IS NOT NULL BEGIN
            INSERT INTO clip_text (rowid, label, note) VALUES (new.place, new.label, new.note);
        END;
        CREATE TRIGGER clip_text_update AFTER UPDATE OF label, note, deleted ON clip
            WHEN (old.label, old.note, old.deleted) IS NOT (new.label, new.note, new.deleted) BEGIN
            INSERT INTO clip_text (clip_text, rowid, label, note)
                SELECT 'delete', old.place, old.label, old.note
                WHERE old.deleted = 0 AND coalesce(old.label, old.note) IS NOT NULL;
            INSERT INTO clip_text (rowid, label, note)
                SELECT new.place, new.label, new.note
                WHERE new.deleted = 0 AND coalesce(new.label, new.note) IS NOT NULL;
        END;
        CREATE TRIGGER clip_text_delete AFTER DELETE ON clip
            WHEN old.deleted = 0 AND coalesce(old.label, old.note) IS NOT NULL BEGIN
            INSERT INTO clip_text (clip_text, rowid, label, note)
                VALUES ('delete', old.place, old.label, old.note);
        END;
        """
}
