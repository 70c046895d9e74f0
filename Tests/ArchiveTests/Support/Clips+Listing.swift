@testable import Archive

extension ClipArchive {
    /// The newest clips.
    nonisolated func clips(limit: Int) async throws(ArchiveError) -> [Clip] {
        try await clips(matching: ClipQuery(), limit: limit).clips
    }
}

extension ClipTable {
    /// The newest clips.
    func clips(limit: Int) throws(ArchiveError) -> [Clip] {
        try clips(matching: ClipQuery(), limit: limit).clips
    }
}
