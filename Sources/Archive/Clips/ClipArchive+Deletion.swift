import Segmenter

extension ClipArchive {
    /// Deletes a clip, whatever its state. Who has its files open reads on to their end.
    ///
    /// It is out of every list and its folder out of its place when this returns; its files go soon after.
    package func delete(_ id: String) async throws(ArchiveError) {
        _ = try await deleted(id)
    }

    /// The same, and what it makes free: the number of bytes, once the task has ended.
    func deleted(
        _ id: String
    ) async throws(ArchiveError) -> (freed: Int, removal: Task<Void, Never>) {
        let clip = try await clip(id)
        if clip.locked { throw .locked }
        let leaving = try await account.leave(id)
        guard leaving.wasThere else { throw .notFound }
        FaultPoint.deletionMarked.reach()
        if let recording = recordings[id] {
            recording.task.cancel()
            await recording.task.value
        }
        return (leaving.freed, try discard(clip))
    }

    /// Takes the folder of a clip that is marked as deleted out of its place; its files and its row go in
    /// the background, or at the next start.
    @discardableResult
    func discard(_ clip: Clip) throws(ArchiveError) -> Task<Void, Never> {
        let trash = layout.trash(clip.id)
        for folder in [layout.final(clip), layout.staging(clip.id)] where folder.exists {
            // An earlier life may have come only half through.
            trash.removeAll()
            try folder.move(to: trash)
            FaultPoint.trashed.reach()
        }
        return Task { [remover, writer, workshop] in
            let later = "the next start removes what is left of deleted clip \(clip.id)"
            guard await remover.remove(trash) else { return workshop.report(later) }
            FaultPoint.emptied.reach()
            do throws(ArchiveError) {
                try await writer.remove(clip.id)
            } catch .shuttingDown {
            } catch {
                workshop.report("\(later): \(error)")
            }
        }
    }
}
