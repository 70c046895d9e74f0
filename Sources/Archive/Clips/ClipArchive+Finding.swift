import Segmenter

extension ClipArchive {
    /// Grows with every change that is committed: what was read at one revision holds while it lasts.
    package nonisolated var revision: Int { changes.value }

    package nonisolated func clip(_ id: String) async throws(ArchiveError) -> Clip {
        guard let clip = try await reader.clip(id) else { throw .notFound }
        return clip
    }

    /// A clip, once it is ready or has failed; after `limit`, or while the program ends, as it is then.
    package nonisolated func clip(
        _ id: String,
        finishedWithin limit: Duration
    ) async throws(ArchiveError) -> Clip {
        // Before the first look, or its end could pass unnoticed.
        let end = watch.end(of: id, within: limit)
        let clip = try await clip(id)
        if clip.status.isFinished { return clip }
        for await _ in end {}
        return try await self.clip(id)
    }

    /// The clips that `query` asks for, from the newest event on, after `cursor`, at most `limit`.
    package nonisolated func clips(
        matching query: ClipQuery,
        after cursor: ClipCursor? = nil,
        limit: Int
    ) async throws(ArchiveError) -> ClipPage {
        try await reader.clips(matching: query, after: cursor, limit: limit)
    }

    /// How many clips `query` asks for; nil when they are too many to be counted.
    package nonisolated func count(
        matching query: ClipQuery = ClipQuery()
    ) async throws(ArchiveError) -> Int? {
        try await reader.count(matching: query)
    }

    /// Where a clip's file is at this moment. The file need not exist.
    package nonisolated func path(of file: ClipFile, in clip: Clip) -> String {
        layout.folder(clip).file(file.name)
    }
}
