package import Segmenter

/// All clips: takes triggers, keeps track of what is being recorded, finds, deletes.
package actor ClipArchive {
    private let layout: ClipLayout
    private let workshop: ClipWorkshop
    private let writer: ClipTable
    /// A connection for queries alone: they don't wait for commits.
    private let reader: ClipTable
    private let maxClips: Int?
    private let changes = ChangeCounter()
    private let executor = QueueExecutor(label: "archive")
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    private var recordings: [String: Task<Void, Never>] = [:]

    /// Opens the archive; `recover` then takes up what an earlier life left.
    ///
    /// - Parameters:
    ///   - root: the storage folder.
    ///   - encoding: for clips of runs that differ, which cannot be joined as they are.
    ///   - jobs: how many of ffmpeg's may run at a time; at most half of them encode.
    ///   - maxClips: beyond this many, the oldest unlocked finished clips are deleted.
    ///   - report: takes a line for the log.
    ///   - onChange: told of each clip that is new, changed or deleted, in that order, once it is
    ///     committed; not to block.
    package init(
        root: String,
        databasePath: String,
        ffmpeg: FFmpeg,
        encoding: CameraConfiguration.Encoding = .init(),
        jobs: Int = 2,
        maxClips: Int? = nil,
        report: @escaping @Sendable (String) -> Void,
        onChange: @escaping @Sendable (ClipChange) -> Void = { _ in }
    ) throws(ArchiveError) {
        layout = ClipLayout(root: root)
        writer = try ClipTable(path: databasePath, mode: .readWrite) { [changes] change in
            changes.count()
            onChange(change)
        }
        reader = try ClipTable(path: databasePath, mode: .readOnly)
        self.maxClips = maxClips
        workshop = ClipWorkshop(
            layout: layout,
            table: writer,
            ffmpeg: ffmpeg,
            encoding: encoding,
            limiter: JobLimiter(limit: jobs),
            encodingLimiter: JobLimiter(limit: max(1, jobs / 2)),
            report: report
        )
    }

    // MARK: - Recording

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
            try layout.checkRoom()
            try await recorder.begin(with: footage)
            let clip = await recorder.clip
            try await writer.insert(clip)
            start(recorder, clip.id, footage)
            return clip
        } catch {
            await footage.close()
            layout.staging(clip.id).removeAll()
            throw error
        }
    }

    private func start(_ recorder: ClipRecorder, _ id: String, _ footage: any Footage) {
        recordings[id] = Task {
            await recorder.run(with: footage)
            await finished(id)
        }
    }

    private func finished(_ id: String) async {
        recordings[id] = nil
        await deleteExcess()
    }

    /// Deletes the oldest clips beyond the most that there may be.
    private func deleteExcess() async {
        guard let maxClips, !workshop.isClosing.isRaised else { return }
        do throws(ArchiveError) {
            for old in try await reader.excess(keeping: maxClips) {
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

    /// Takes up what an earlier life of the program left: unfinished clips, deletions under way.
    ///
    /// - Parameter footage: gives a camera's footage of a window; nil for one that there is no more.
    package func recover(
        footage: (_ camera: String, _ window: ClipWindow) async -> (any Footage)?
    ) async throws(ArchiveError) {
        for clip in try await writer.deleted() { try await discard(clip) }
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
        ClipFolder(path: layout.trashRoot).removeAll()
        await deleteExcess()
    }

    /// Takes no more triggers. Recordings keep what still comes until `shutDown`.
    package nonisolated func close() {
        workshop.isClosing.raise()
    }

    /// Lets go of what is being recorded: the program's next life goes on with it.
    package func shutDown() async {
        close()
        while let recording = recordings.first?.value {
            recording.cancel()
            await recording.value
        }
    }

    /// Closes the database, after which every call fails. The last connection to close, the writer,
    /// takes the write-ahead log in.
    package func closeDatabase() async {
        await reader.close()
        await writer.close()
    }

    // MARK: - Finding

    /// Grows with every change that is committed: what was read at one revision holds while it lasts.
    package nonisolated var revision: Int { changes.value }

    package nonisolated func clip(_ id: String) async throws(ArchiveError) -> Clip {
        guard let clip = try await reader.clip(id) else { throw .notFound }
        return clip
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

    // MARK: - Deleting

    /// Deletes a clip, whatever its state. Who has its files open reads on to their end.
    package func delete(_ id: String) async throws(ArchiveError) {
        let clip = try await clip(id)
        if clip.locked { throw .locked }
        guard try await writer.markDeleted(id) else { throw .notFound }
        if let recording = recordings[id] {
            recording.cancel()
            await recording.value
        }
        try await discard(clip)
    }

    /// Removes a clip that is marked as deleted: its folder at once from its place, then for good.
    private func discard(_ clip: Clip) async throws(ArchiveError) {
        let trash = layout.trash(clip.id)
        // An earlier life may have come only half through.
        trash.removeAll()
        for folder in [layout.final(clip), layout.staging(clip.id)] where folder.exists {
            try folder.move(to: trash)
            trash.removeAll()
        }
        try await writer.remove(clip.id)
    }
}
