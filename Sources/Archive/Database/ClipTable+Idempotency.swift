import Segmenter

extension ClipTable {
    /// An answer as a key's row keeps it: the clips themselves go on changing.
    private struct StoredAnswer: Codable {
        let incident: String?
        let timestamp: Timestamp
        let clips: [String]
        let refused: [TriggerAnswer.Refusal]
    }

    /// Commits all that a request has brought, its key included, or nothing of it: the disk is synced
    /// once, however many clips there are.
    ///
    /// Throws `notFound` when a clip that was lengthened has been deleted.
    /// - Returns: `answer`, with the clips as their rows say.
    func accept(
        _ accepted: [AcceptedClip],
        answering answer: TriggerAnswer,
        key: IdempotencyKey?,
        at now: Timestamp
    ) throws(ArchiveError) -> TriggerAnswer {
        var answer = answer
        try database.transaction { () throws(ArchiveError) in
            for clip in accepted {
                switch clip {
                case .new(let clip):
                    try Self.insert(clip, into: database)
                    answer.clips.append(clip)
                case .lengthened(let clip):
                    answer.clips.append(try lengthenRow(of: clip))
                }
            }
            if let key { try remember(key, answer, now) }
        }
        for clip in answer.clips { onChange(.written(clip)) }
        return answer
    }

    /// What was answered to this key, with the clips as they are now; nil if it is a new one.
    func answer(
        for key: IdempotencyKey,
        at now: Timestamp
    ) throws(ArchiveError) -> TriggerAnswer? {
        let rows = try database.query(
            "SELECT body, answer FROM idempotency_key WHERE key = ? AND created_at > ?",
            [.text(key.text), SQLValue(now - IdempotencyKey.lifetime)]
        ) { (body: $0.text(0), answer: $0.text(1) ?? "") }
        guard let row = rows.first else { return nil }
        guard row.body == key.body else { throw .keyReused }
        let stored: StoredAnswer = try ClipRow.value(row.answer)
        var clips: [Clip] = []
        for id in stored.clips {
            if let clip = try clip(id) { clips.append(clip) }
        }
        return TriggerAnswer(
            incident: stored.incident,
            timestamp: stored.timestamp,
            clips: clips,
            refused: stored.refused,
            isReplayed: true
        )
    }

    /// Says of a clip's row what a trigger may add, and nothing that its recorder may have written
    /// meanwhile.
    private func lengthenRow(of clip: Clip) throws(ArchiveError) -> Clip {
        let rows = try database.query(
            """
            UPDATE clip SET requested_end = max(requested_end, ?), label = coalesce(label, ?),
                note = coalesce(note, ?), metadata = coalesce(metadata, ?)
            WHERE id = ? AND deleted = 0 RETURNING \(ClipRow.columns)
            """,
            [
                SQLValue(clip.requestedEnd), SQLValue(clip.label), SQLValue(clip.note),
                SQLValue(try clip.metadata.map(ClipRow.json)), .text(clip.id),
            ],
            ClipRow.clip
        )
        guard let clip = rows.first else { throw .notFound }
        return clip
    }

    private func remember(
        _ key: IdempotencyKey,
        _ answer: TriggerAnswer,
        _ now: Timestamp
    ) throws(ArchiveError) {
        try database.run(
            "DELETE FROM idempotency_key WHERE created_at <= ?",
            [SQLValue(now - IdempotencyKey.lifetime)]
        )
        let stored = StoredAnswer(
            incident: answer.incident,
            timestamp: answer.timestamp,
            clips: answer.clips.map(\.id),
            refused: answer.refused
        )
        try database.run(
            "INSERT INTO idempotency_key (key, body, answer, created_at) VALUES (?, ?, ?, ?)",
            [
                .text(key.text), .text(key.body), .text(try ClipRow.json(stored)), SQLValue(now),
            ]
        )
    }
}
