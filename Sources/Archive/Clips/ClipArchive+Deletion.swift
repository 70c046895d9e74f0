import Segmenter

extension ClipArchive {
    /// Deletes a clip, whatever its state. Who has its files open reads on to their end.
    package func delete(_ id: String) async throws(ArchiveError) {
        let clip = try await clip(id)
        if clip.locked { throw .locked }
        guard try await writer.markDeleted(id) else { throw .notFound }
        FaultPoint.deletionMarked.reach()
        if let recording = recordings[id] {
            recording.task.cancel()
            await recording.task.value
        }
        try await discard(clip)
    }

    /// Removes a clip that is marked as deleted: its folder at once from its place, then for good.
    func discard(_ clip: Clip) async throws(ArchiveError) {
        let trash = layout.trash(clip.id)
        // An earlier life may have come only half through.
        trash.removeAll()
        for folder in [layout.final(clip), layout.staging(clip.id)] where folder.exists {
            try folder.move(to: trash)
            FaultPoint.trashed.reach()
            trash.removeAll()
        }
        FaultPoint.emptied.reach()
        try await writer.remove(clip.id)
    }

    /// Deletes the oldest clips beyond the most that there may be.
    func deleteExcess() async {
        guard let maxClips, !workshop.isClosing.isRaised else { return }
        do throws(ArchiveError) {
            for old in try await reader.excess(keeping: maxClips) {
                FaultPoint.excess.reach()
                do throws(ArchiveError) {
                    try await delete(old)
                    workshop.report("clip \(old) is deleted: more than \(maxClips) clips")
                } catch .notFound {
                    // Another clip, which finished at the same time, has deleted it.
                }
            }
        } catch {
            workshop.report("old clips cannot be deleted: \(error)")
        }
    }
}
