import Segmenter

/// Records one clip: keeps its footage as it comes, then has its files made.
///
/// Runs on an executor of its own, because it blocks on the disk.
actor ClipRecorder {
    /// How long after the window's end footage may arrive that still belongs to it; and while nothing is
    /// recorded.
    private static let grace = Duration.seconds(10)
    private static let graceWhileDown = Duration.seconds(1)
    /// How long to wait for room on the disk before trying again.
    private static let patience = Duration.seconds(10)

    private let workshop: ClipWorkshop
    private let staging: ClipFolder
    private let finisher: ClipFinisher
    private let executor = QueueExecutor(label: "clip")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private(set) var clip: Clip
    private var freezer: SegmentFreezer
    private var segments: [FrozenSegment] { freezer.segments }
    /// The footage has come to the window's end, be it with a gap there.
    private var isComplete: Bool
    /// Why the footage ends before the window does, if it does.
    private var endReason: String?
    private var thumbnail: Task<Void, Never>?
    /// The folder is where finished clips are.
    private var isInPlace = false

    /// - Parameter segments: what an earlier life of the program has kept of it.
    init(_ clip: Clip, segments: [FrozenSegment] = [], workshop: ClipWorkshop) {
        self.clip = clip
        isComplete = segments.last.map { $0.end >= clip.requestedEnd } ?? false
        self.workshop = workshop
        staging = workshop.layout.staging(clip.id)
        finisher = ClipFinisher(workshop: workshop, folder: staging)
        freezer = SegmentFreezer(folder: staging, segments: segments)
    }

    /// Makes the staging folder and freezes what the ring holds of the window; afterwards it outlives
    /// this program.
    func begin(with footage: any Footage) async throws(ArchiveError) {
        try staging.create()
        let batch = await footage.available()
        for segment in batch { _ = try freeze(segment) }
        try note()
        if let last = batch.last { await footage.release(through: last) }
        try staging.sync(ClipManifest.fileName)
        try staging.sync()
        try ClipFolder(path: workshop.layout.stagingRoot).sync()
    }

    /// Follows the footage to the window's end and finishes the clip.
    ///
    /// When the task is cancelled the clip stays as it is, and the program's next life goes on with it.
    func run(with footage: any Footage) async {
        await withTaskCancellationHandler {
            await followPostRoll(footage)
        } onCancel: {
            Task { await footage.close() }
        }
        await footage.close()
        if isComplete || !workshop.isClosing.isRaised {
            while !Task.isCancelled, await !finish() { try? await Task.sleep(for: Self.patience) }
        }
        // Whoever waits for this task may now move or remove the folder.
        thumbnail?.cancel()
        await thumbnail?.value
    }

    // MARK: - Footage

    private func followPostRoll(_ footage: any Footage) async {
        sync(segments.map(\.file))
        startThumbnail()
        let deadline = Task { [remaining = clip.requestedEnd - .now()] in
            try await Task.sleep(for: max(.zero, remaining) + Self.graceWhileDown)
            if await footage.interruption == nil {
                try await Task.sleep(for: Self.grace - Self.graceWhileDown)
            }
            await footage.close()
        }
        defer { deadline.cancel() }
        while !isComplete {
            let batch = await footage.next()
            guard let last = batch.last else {
                endReason = await footage.interruption
                return
            }
            var fresh: [String] = []
            for segment in batch {
                attempt("keep a segment") { () throws(ArchiveError) in
                    if let name = try freeze(segment) { fresh.append(name) }
                }
            }
            attempt("note its segments") { () throws(ArchiveError) in try note() }
            await footage.release(through: last)
            sync(fresh)
            startThumbnail()
        }
    }

    /// What fails here is in the log, and in the clip's coverage; the rest goes on.
    private func attempt(_ task: String, _ work: () throws(ArchiveError) -> Void) {
        do {
            try work()
        } catch {
            workshop.report("clip \(clip.id) cannot \(task): \(error)")
        }
    }

    /// Brings a segment into the folder if it belongs to the window, and gives its name there.
    private func freeze(_ segment: Segment) throws(ArchiveError) -> String? {
        if segment.end >= clip.requestedEnd { isComplete = true }
        if segment.start >= clip.requestedEnd { endReason = segment.gapReason }
        guard segment.start < clip.requestedEnd, segment.end > clip.requestedStart else {
            return nil
        }
        let name = try freezer.freeze(segment)
        describe(segment.run.media)
        return name
    }

    private func describe(_ media: InitSegment) {
        guard clip.videoCodec == nil, let video = media.video else { return }
        clip.videoCodec = video.codec
        clip.audioCodec = media.audio?.codec
        if case .video(let width, let height) = video.kind {
            (clip.width, clip.height) = (width, height)
        }
    }

    /// Writes down what the folder holds: for the next life, and for players that watch it grow.
    private func note() throws(ArchiveError) {
        clip.coverage = Coverage(soFarOf: clip.window, by: segments)
        try staging.write(ClipManifest(clip: clip, segments: segments))
        let playlist = MediaPlaylist(of: segments, window: clip.window, isComplete: false)
        try staging.write(Array(playlist.text.utf8), to: ClipFolder.playlistName)
    }

    /// Done while the post-roll is still coming, so that little is left to sync at the end.
    private func sync(_ names: [String]) {
        // One that fails here fails again, and is reported, when the clip is put in its place.
        for name in names { try? staging.sync(name) }
    }

    // MARK: - Files

    /// Makes the thumbnail as soon as the trigger's moment is on disk, long before the clip ends.
    private func startThumbnail() {
        if segments.last.map({ $0.end > clip.timestamp }) ?? false { _ = pictureMaking() }
    }

    private func pictureMaking() -> Task<Void, Never> {
        let making =
            thumbnail ?? Task { await finisher.makeThumbnail(of: clip, from: segments) }
        thumbnail = making
        return making
    }

    /// Finishes the clip; false when the storage is in the way, and another attempt may help.
    private func finish() async -> Bool {
        do throws(ArchiveError) {
            // Once the folder is in its place, only the row can be missing.
            if !isInPlace { try await makeFiles() }
            if !isInPlace { return false }
            try await workshop.table.update(clip)
        } catch {
            let seconds = Int(Self.patience.seconds)
            workshop.report("clip \(clip.id) has to wait \(seconds) s: \(error)")
            return false
        }
        let words = clip.error.map { "failed: \($0)" } ?? "is ready: \(clip.duration ?? 0) s"
        workshop.report("clip \(clip.id) of camera \(clip.camera) \(words)")
        return true
    }

    /// Makes the clip's files and puts the folder in its place, unless the task is cancelled.
    ///
    /// Throws when the storage is in the way; that ffmpeg fails is noted in the clip instead.
    private func makeFiles() async throws(ArchiveError) {
        clip.status = .processing
        try await workshop.table.update(clip)
        var finished = clip
        finished.coverage = Coverage(of: clip.window, by: segments, endReason: endReason)
        do throws(ArchiveError) {
            try await finisher.makeVideo(of: &finished, from: segments)
            finished.status = .ready
        } catch {
            // A full disk makes ffmpeg fail too, but not for good.
            try workshop.layout.checkRoom(for: segments.reduce(0) { $0 + $1.bytes })
            finished.error = error.description
            finished.status = .failed
        }
        let picture = pictureMaking()
        await withTaskCancellationHandler {
            await picture.value
        } onCancel: {
            picture.cancel()
        }
        // Shutting down, or deleted: nothing has failed.
        if Task.isCancelled { return }
        try finisher.putInPlace(&finished, segments)
        clip = finished
        isInPlace = true
    }
}
