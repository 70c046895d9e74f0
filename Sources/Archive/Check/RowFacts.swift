/// What the database says of a clip.
struct RowFacts: Sendable, Hashable {
    let clip: Clip
    /// Marked as deleted; its folder is on its way out.
    var isDeleted = false
    /// It holds an edit that `clip.json` may lack.
    var isDirty = false

    /// The running server, or its next start, is at work on it.
    var isUnderWay: Bool { isDeleted || !clip.status.isFinished }

    /// Whether there must be a folder: not of a clip that failed because nothing was kept of it.
    var needsFolder: Bool {
        let nothing = Coverage(of: clip.window, by: []).gaps.first
        let gap = clip.coverage.gaps.first
        return clip.status == .ready || gap?.start != nothing?.start || gap?.end != nothing?.end
    }
}
