package import Segmenter

/// All clips: takes triggers, keeps track of what is being recorded, finds, deletes.
package actor ClipArchive {
    let layout: ClipLayout
    let workshop: ClipWorkshop
    let writer: ClipTable
    /// A connection for queries alone: they don't wait for commits.
    let reader: ClipTable
    /// Beyond it no clip is lengthened.
    let maxClipDuration: Duration
    /// Of triggers that look at what else is being recorded of their cameras.
    let cameraTurns = Turns()
    /// Of requests with the same idempotency key.
    let keyTurns = Turns()
    let watch = ClipWatch()
    let account: SpaceAccount
    let remover = TrashRemover()
    /// Lets one round of retention run at a time.
    let retainer = JobLimiter(limit: 1)
    let changes = ChangeCounter()
    private let damage = Flag()
    private let executor = QueueExecutor(label: "archive")
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// A clip that is being recorded, and the task that does it.
    struct Recording {
        let recorder: ClipRecorder
        let task: Task<Void, Never>
        let camera: String
        var window: ClipWindow
    }

    /// By the clip's id.
    var recordings: [String: Recording] = [:]
    /// Those whose rows are being committed: an edit may come before their recording has begun.
    var beginning: [String: ClipRecorder] = [:]
    /// The last edit of each clip that is under way, by the clip's id.
    var edits: [String: Task<Result<Clip, ArchiveError>, Never>] = [:]
    var retention: Retention
    var ledger = SpaceLedger()
    /// Until then no clip is deleted for room.
    var lateUntil: ContinuousClock.Instant?

    /// Whether the database has proved to be damaged since it was opened.
    package nonisolated var isDatabaseDamaged: Bool { damage.isRaised }

    /// Opens the archive; `recover` then takes up what an earlier life left.
    ///
    /// A database that is damaged or missing is made anew of the clips' folders first.
    ///
    /// - Parameters:
    ///   - root: the storage folder.
    ///   - encoding: for clips of runs that differ, which cannot be joined as they are.
    ///   - jobs: how many of ffmpeg's may run at a time; at most half of them encode.
    ///   - retention: which clips may stay.
    ///   - busyTimeout: how long a database that another program has locked is waited for.
    ///   - maxClipDuration: how long a clip may become when triggers extend it.
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
        busyTimeout: Duration = .seconds(5),
        maxClipDuration: Duration = .seconds(3600),
        report: @escaping @Sendable (String) -> Void,
        onChange: @escaping @Sendable (ClipChange) -> Void = { _ in }
    ) throws(ArchiveError) {
        layout = ClipLayout(root: root)
        let damaged = DamagedDatabase(path: databasePath, layout: layout)
        try damaged.replace(report)
        let onDamage = { @Sendable [damage] in
            if damage.isRaised { return }
            damage.raise()
            damaged.note()
            report("the database is damaged: the next start makes a new one of the clips' folders")
        }
        writer = try ClipTable(
            path: databasePath,
            mode: .readWrite,
            busyTimeout: busyTimeout,
            onChange: { [changes, watch] change in
                changes.count()
                watch.note(change)
                onChange(change)
            },
            onDamage: onDamage
        )
        reader = try ClipTable(
            path: databasePath,
            mode: .readOnly,
            busyTimeout: busyTimeout,
            onDamage: onDamage
        )
        self.retention = retention
        self.maxClipDuration = maxClipDuration
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

    /// Takes no more triggers, and lets nobody wait for a clip any more. Recordings keep what still
    /// comes until `shutDown`.
    package nonisolated func close() {
        workshop.isClosing.raise()
        watch.close()
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
