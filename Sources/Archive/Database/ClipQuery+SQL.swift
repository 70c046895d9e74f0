extension ClipQuery {
    /// Beyond so many, clips are counted only where the tallies know.
    static let countingLimit = 10_000

    private typealias Equality = (column: String, value: SQLValue)

    /// The clips after `cursor`, newest first, at most `limit`: `ClipRow.columns` and their place.
    package func list(after cursor: ClipCursor?, limit: Int) -> SQLQuery {
        let places = places(after: cursor, limit: limit)
        return SQLQuery(
            text: """
                SELECT \(ClipRow.columns), place FROM clip WHERE place IN (\(places.text))
                ORDER BY place DESC
                """,
            values: places.values
        )
    }

    /// How many clips there are: one number, by the tallies, or counted up to one beyond the limit.
    package var count: SQLQuery {
        if isTallied {
            let conditions = equalities.map { "\($0.column) = ?" } + ["clips > 0"]
            return SQLQuery(
                text: """
                    SELECT coalesce(sum(clips), 0) FROM clip_tally
                    WHERE \(conditions.joined(separator: " AND "))
                    """,
                values: equalities.map(\.value)
            )
        }
        let places = places(after: nil, limit: Self.countingLimit + 1)
        return SQLQuery(text: "SELECT count(*) FROM (\(places.text))", values: places.values)
    }

    /// What `count` found; nil when it gave up.
    func total(_ counted: Int) -> Int? {
        !isTallied && counted > Self.countingLimit ? nil : counted
    }

    // MARK: - Parts

    /// The tallies know its number.
    private var isTallied: Bool {
        label == nil && incident == nil && from == nil && to == nil && match == nil
    }

    /// The places of the clips, newest first, read along one index each: only as many entries are
    /// looked at as are given, but where a text or an incident is narrowed further.
    private func places(after cursor: ClipCursor?, limit: Int) -> SQLQuery {
        let parts = match.map { [matches($0, after: cursor)] } ?? runs(after: cursor)
        return SQLQuery(
            text: parts.map(\.text).joined(separator: "\nUNION ALL ")
                + "\nORDER BY place DESC LIMIT ?",
            values: parts.flatMap(\.values) + [SQLValue(limit)]
        )
    }

    private var match: TextMatch? { text.flatMap(TextMatch.init) }

    private var equalities: [Equality] {
        var equalities: [Equality] = []
        if let label { equalities.append(("label", .text(label))) }
        if let camera { equalities.append(("camera", .text(camera))) }
        if let incident { equalities.append(("incident", .text(incident))) }
        if let status { equalities.append(("status", .text(status.rawValue))) }
        if let locked { equalities.append(("locked", SQLValue(locked))) }
        return equalities
    }

    /// Along the text's matches; FTS5 gives them by descending place.
    private func matches(_ match: TextMatch, after cursor: ClipCursor?) -> SQLQuery {
        let join = equalities.isEmpty ? "" : "CROSS JOIN clip ON clip.place = clip_text.rowid"
        let conditions =
            ["clip_text MATCH ?", "clip_text.rowid >= ?", "clip_text.rowid < ?"]
            + equalities.map { "clip.\($0.column) = ?" }
        return SQLQuery(
            text: """
                SELECT clip_text.rowid AS place FROM clip_text \(join)
                WHERE \(conditions.joined(separator: " AND "))
                """,
            values: [.text(match.expression)] + range(after: cursor) + equalities.map(\.value)
        )
    }

    /// Along the index that has the clips by descending place. All but two indices end with status
    /// and locked: where these are open, their few values make a run each, which are merged.
    private func runs(after cursor: ClipCursor?) -> [SQLQuery] {
        if equalities.isEmpty { return [run("NOT INDEXED", [], after: cursor)] }
        if incident != nil { return [run("INDEXED BY clip_incident", equalities, after: cursor)] }
        let name = ["clip", label.map { _ in "label" }, camera.map { _ in "camera" }]
            .compactMap(\.self).joined(separator: "_")
        let index = "INDEXED BY \(name == "clip" ? "clip_status" : name)"
        let fixed = equalities.filter { $0.column != "status" && $0.column != "locked" }
        let statuses = status.map { [$0] } ?? Clip.Status.allCases
        let locks = locked.map { [$0] } ?? [false, true]
        return statuses.flatMap { status in
            locks.map { locked in
                let state: [Equality] = [
                    ("status", .text(status.rawValue)), ("locked", SQLValue(locked)),
                ]
                return run(index, fixed + state, after: cursor)
            }
        }
    }

    private func run(
        _ index: String,
        _ equalities: [Equality],
        after cursor: ClipCursor?
    ) -> SQLQuery {
        let conditions =
            ["deleted = 0"] + equalities.map { "\($0.column) = ?" } + ["place >= ?", "place < ?"]
        return SQLQuery(
            text: """
                SELECT place FROM clip \(index) WHERE \(conditions.joined(separator: " AND "))
                """,
            values: equalities.map(\.value) + range(after: cursor)
        )
    }

    /// The first place, and the one after the last.
    private func range(after cursor: ClipCursor?) -> [SQLValue] {
        let end = min(to.map(ClipPlace.first) ?? .max, cursor?.place ?? .max)
        return [.integer(from.map(ClipPlace.first) ?? .min), .integer(end)]
    }
}
