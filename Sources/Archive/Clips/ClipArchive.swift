package import Segmenter

/// All clips: takes triggers, keeps track of what is being recorded, finds, deletes.
package actor ClipArchive {
    let layout: ClipLayout
    let workshop: ClipWorkshop
    let writer: ClipTable
    /// A connection for queries alone: they don't wait for commits.
    let reader: ClipTable
    let account: SpaceAccount
    let remover = TrashRemover()
    /// Lets one round of retention run at a time.
    let retainer = JobLimiter(limit: 1)
    let changes = ChangeCounter()
    private let executor = QueueExecutor(label: "archive")
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// A clip that is being recorded, and the task that does it.
    struct Recording {
        let recorder: ClipRecorder
        let task: Task<Void, Never>
    }

    /// By the clip's id.
    var recordings: [String: Recording] = [:]
    var retention: Retention
    var ledger = SpaceLedger()
    /// Until then no clip is deleted for room.
    var lateUntil: ContinuousClock.Instant?

    /// Opens the archive; `recover` then takes up what an earlier life left.
    ///
    /// - Parameters:
    ///   - root: the storage folder.
    ///   - encoding: for clips of runs that differ, which cannot be joined as they are.
    ///   - jobs: how many of ffmpeg's may run at a time; at most half of them encode.
    ///   - retention: which clips may stay.
    ///   - report: takes a line for the log.
    ///   - onChange: told of each clip that is new, changed or deleted, in that order, once it is
    ///     committed; not to block.
    package init(
        root: String,
        databasePath: String,
        ffmpeg: FFmpeg,
        encoding: CameraConfiguration.Encoding = .init(),
        jobs: Int = 2,
        retention: Retention = Retention(),
        report: @escaping @Sendable (String) -> Void,
        onChange: @escaping @Sendable (ClipChange) -> Void = { _ in }
    ) throws(ArchiveError) {
        layout = ClipLayout(root: root)
        writer = try ClipTable(path: databasePath, mode: .readWrite) { [changes] change in
            changes.count()
            onChange(change)
        }
        reader = try ClipTable(path: databasePath, mode: .readOnly)
        self.retention = retention
        account = SpaceAccount(layout: layout, table: writer)
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

    /// Takes no more triggers. Recordings keep what still comes until `shutDown`.
    package nonisolated func close() {
        workshop.isClosing.raise()
    }

    /// Lets go of what is being recorded: the program's next life goes on with it.
    package func shutDown() async {
        close()
        while let recording = recordings.first?.value {
            recording.task.cancel()
            await recording.task.value
        }
    }

    /// Closes the database, after which every call fails. The last connection to close, the writer,
    /// takes the write-ahead log in.
    package func closeDatabase() async {
        await reader.close()
        await writer.close()
    }
}
