import Segmenter

extension ClipArchive {
    /// Takes up what an earlier life of the program left: unfinished clips, deletions under way.
    ///
    /// - Parameter footage: gives a camera's footage of a window; nil for one that there is no more.
    package func recover(
        footage: (_ camera: String, _ window: ClipWindow) async -> (any Footage)?
    ) async throws(ArchiveError) {
        let trash = ClipFolder(path: layout.trashRoot).names
        for clip in try await writer.deleted() { try discard(clip) }
        let unfinished = try await writer.unfinished()
        for clip in unfinished {
            if let manifest = try? layout.final(clip).manifest() {
                // Only the row's last update was missing.
                try await writer.update(manifest.clip)
            } else if let manifest = try? layout.staging(clip.id).manifest() {
                layout.staging(clip.id).removeTemporaries()
                let start = manifest.segments.last?.end ?? clip.requestedStart
                let isOver = clip.requestedEnd <= .now()
                let rest = ClipWindow(start: start, end: clip.requestedEnd)
                let more = isOver ? nil : await footage(clip.camera, rest)
                // The manifest's clip, not the row's: it has learnt since what the camera sends.
                let recorder = ClipRecorder(
                    manifest.clip,
                    segments: manifest.segments,
                    workshop: workshop
                )
                let bitRate = manifest.segments.bitRate
                // Whether there is room for it or not: it was accepted.
                ledger.hold(Reservation(for: clip, bitRate: bitRate), for: clip.id)
                self.start(recorder, clip.id, more ?? NoFootage())
            } else {
                var lost = clip
                lost.status = .failed
                lost.error = "its files were lost before it was finished"
                lost.coverage = Coverage(of: clip.window, by: [])
                try await writer.update(lost)
            }
        }
        let known = Set(unfinished.map(\.id))
        for id in ClipFolder(path: layout.stagingRoot).names where !known.contains(id) {
            layout.staging(id).removeAll()
        }
        for name in trash { Task { [remover] in await remover.remove(layout.trash(name)) } }
        Task { await retain() }
    }
}
