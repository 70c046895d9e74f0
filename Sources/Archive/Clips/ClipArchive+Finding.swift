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

    /// Clips from the newest event on, at most `limit`.
    package nonisolated func clips(
        after cursor: ClipCursor?,
        limit: Int
    ) async throws(ArchiveError) -> [Clip] {
        try await reader.clips(after: cursor, limit: limit)
    }

    package nonisolated func count() async throws(ArchiveError) -> Int {
        try await reader.count()
    }

    /// Where a clip's file is at this moment. The file need not exist.
    package nonisolated func path(of file: ClipFile, in clip: Clip) -> String {
        layout.folder(clip).file(file.name)
    }
}
