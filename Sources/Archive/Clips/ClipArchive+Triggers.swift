import Segmenter

extension ClipArchive {
    /// Accepts a trigger: when this returns, the clip's row is committed and its pre-roll frozen.
    ///
    /// The post-roll follows in the background. `footage` begins at the window's start; it is closed
    /// when the clip has all of it.
    package func trigger(
        _ trigger: Trigger,
        footage: any Footage
    ) async throws(ArchiveError) -> Clip {
        let now = Timestamp.now()
        let clip = Clip(for: trigger, id: UUIDv7.make(at: now), createdAt: now)
        let recorder = ClipRecorder(clip, workshop: workshop)
        do throws(ArchiveError) {
            if workshop.isClosing.isRaised { throw ArchiveError.shuttingDown }
            try await reserveRoom(for: clip, bitRate: trigger.bitRate)
            try await recorder.begin(with: footage)
            let clip = await recorder.clip
            try await writer.insert(clip)
            start(recorder, clip.id, footage)
            return clip
        } catch {
            await footage.close()
            layout.staging(clip.id).removeAll()
            ledger.release(clip.id)
            throw error
        }
    }

    func start(_ recorder: ClipRecorder, _ id: String, _ footage: any Footage) {
        let task = Task {
            await recorder.run(with: footage)
            finished(id)
        }
        recordings[id] = Recording(recorder: recorder, task: task)
    }

    private func finished(_ id: String) {
        recordings[id] = nil
        ledger.release(id)
        // Not waited for: retention may be waiting for this very task, to delete its clip.
        Task { await retain() }
    }
}
