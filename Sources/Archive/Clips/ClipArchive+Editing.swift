import Segmenter

extension ClipArchive {
    /// Changes what people say of a clip, whatever its state; it is on the disk when this returns.
    ///
    /// One edit of a clip follows the other. One that has begun comes to its end.
    package func edit(_ id: String, _ edit: ClipEdit) async throws(ArchiveError) -> Clip {
        let earlier = edits[id]
        let task = Task { () -> Result<Clip, ArchiveError> in
            _ = await earlier?.value
            do throws(ArchiveError) {
                return .success(try await change(id, edit))
            } catch {
                return .failure(error)
            }
        }
        edits[id] = task
        let result = await task.value
        if edits[id] == task { edits[id] = nil }
        return try result.get()
    }

    private func change(_ id: String, _ edit: ClipEdit) async throws(ArchiveError) -> Clip {
        // Who records a clip writes its row and its clip.json, and must know.
        if let recorder = recordings[id]?.recorder ?? beginning[id] {
            return try await recorder.edit(edit)
        }
        guard let clip = try await writer.edit(id, edit) else { throw .notFound }
        await writer.settle(clip, in: layout.folder(clip), report: workshop.report)
        return clip
    }

    /// Brings the edits into `clip.json` whose row was committed when an earlier life ended.
    func settleEdits() async throws(ArchiveError) {
        for clip in try await writer.dirty() {
            await writer.settle(clip, in: layout.folder(clip), report: workshop.report)
        }
    }
}

extension ClipTable {
    /// Has `clip.json` say what was edited; until then the row stays marked.
    ///
    /// Blocks its caller on the disk, not the table. What fails is done at the next start.
    nonisolated func settle(
        _ clip: Clip,
        in folder: ClipFolder,
        report: (String) -> Void
    ) async {
        do throws(ArchiveError) {
            var manifest = try folder.manifest()
            // Only this: of a clip that was being recorded the manifest knows more than the row.
            clip.edit.apply(to: &manifest.clip)
            try folder.replace(manifest)
            try await markSettled(clip.id)
        } catch {
            // Its folder has gone with it when it was deleted meanwhile.
            if (try? await self.clip(clip.id)) == nil { return }
            report("clip \(clip.id): its edit is not yet in clip.json: \(error)")
        }
    }
}
