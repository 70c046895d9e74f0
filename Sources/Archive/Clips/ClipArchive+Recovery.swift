import Segmenter

extension ClipArchive {
    /// Takes up what an earlier life of the program left: unfinished clips, deletions under way.
    ///
    /// What was accepted is never deleted here: where a clip's folder cannot be understood it is set
    /// aside, and the clip has failed.
    ///
    /// - Parameter footage: gives a camera's footage of a window; nil for one that there is no more.
    package func recover(
        footage: (_ camera: String, _ window: ClipWindow) async -> (any Footage)?
    ) async throws(ArchiveError) {
        let trash = ClipFolder(path: layout.trashRoot).names
        for clip in try await writer.deleted() {
            do {
                try discard(clip)
            } catch {
                // It is hidden from everybody, and no reason not to record.
                workshop.report("clip \(clip.id) cannot be removed: \(error)")
            }
        }
        try await settleEdits()
        for clip in try await writer.unfinished() { await takeUp(clip, footage) }
        for id in ClipFolder(path: layout.stagingRoot).names where recordings[id] == nil {
            if let clip = try await writer.clip(id) {
                await takeUp(clip, footage)
            } else {
                // Its row was never committed, so nobody was told that it was accepted.
                layout.staging(id).removeAll()
            }
        }
        for name in trash { Task { [remover] in await remover.remove(layout.trash(name)) } }
        Task { await retain() }
    }

    /// Goes on with a clip that its row calls unfinished, or of which there is a staging folder.
    private func takeUp(
        _ clip: Clip,
        _ footage: (_ camera: String, _ window: ClipWindow) async -> (any Footage)?
    ) async {
        let staging = layout.staging(clip.id)
        let final = layout.final(clip)
        if final.exists {
            // The folder is complete: only the row's last update was missing.
            if var finished = try? final.manifest().clip {
                clip.edit.apply(to: &finished)
                settle(finished, unless: clip)
            } else {
                lose(clip, because: "its clip.json was damaged before it was finished")
            }
            if staging.exists { setAside(staging, of: clip) }
        } else if let manifest = try? staging.manifest() {
            await goOn(clip, manifest, footage)
        } else if staging.exists {
            setAside(staging, of: clip)
            lose(clip, because: "its clip.json was damaged before it was finished")
        } else {
            lose(clip, because: "its files were lost before it was finished")
        }
    }

    private func goOn(
        _ clip: Clip,
        _ manifest: ClipManifest,
        _ footage: (_ camera: String, _ window: ClipWindow) async -> (any Footage)?
    ) async {
        let segments = manifest.segments
        layout.staging(clip.id).removeAll(
            but: Set(segments.flatMap { [$0.initFile, $0.file] })
                .union([ClipManifest.fileName, ClipFolder.playlistName])
        )
        let start = segments.last?.end ?? clip.requestedStart
        let isOver = manifest.clip.requestedEnd <= .now()
        let rest = ClipWindow(start: start, end: manifest.clip.requestedEnd)
        let more = isOver ? nil : await footage(clip.camera, rest)
        // The manifest's clip, not the row's: it has learnt since what the camera sends.
        var known = manifest.clip
        clip.edit.apply(to: &known)
        let recorder = ClipRecorder(
            known,
            segments: segments,
            footage: more ?? NoFootage(),
            workshop: workshop
        )
        // Whether there is room for it or not: it was accepted.
        ledger.hold(Reservation(for: known, bitRate: segments.bitRate), for: clip.id)
        self.start(recorder, known)
    }

    private func lose(_ clip: Clip, because reason: String) {
        var lost = clip
        lost.lose(because: reason)
        settle(lost, unless: clip)
    }

    /// Has the row say what the clip has become, as soon as the database lets it.
    private func settle(_ clip: Clip, unless row: Clip) {
        guard !row.status.isFinished else { return }
        let recorder = ClipRecorder(
            clip,
            footage: NoFootage(),
            isInPlace: true,
            workshop: workshop
        )
        start(recorder, clip)
    }

    private func setAside(_ folder: ClipFolder, of clip: Clip) {
        do {
            try folder.move(to: layout.unusedLost(clip.id))
            workshop.report("what was left of clip \(clip.id) is in clips/.lost now")
        } catch {
            workshop.report("what was left of clip \(clip.id) cannot be set aside: \(error)")
        }
    }
}
