import Segmenter

/// Records one clip: keeps its footage as it comes, then has its files made.
///
/// Runs on an executor of its own, because it blocks on the disk.
actor ClipRecorder {
    /// How long after the window's end footage may arrive that still belongs to it, beside the camera's lag;
    /// and while nothing is recorded.
    private static let grace = Duration.seconds(10)
    private static let graceWhileDown = Duration.seconds(1)
    /// How long to wait for the storage before trying again: to make the clip's files; to keep a segment.
    private static let patience = Duration.seconds(10)
    private static let pause = Duration.seconds(1)

    private let workshop: ClipWorkshop
    private let staging: ClipFolder
    private let finisher: ClipFinisher
    private let executor = QueueExecutor(label: "clip")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private(set) var clip: Clip
    private var freezer: SegmentFreezer
    private var segments: [FrozenSegment] { freezer.segments }
    /// The footage has come to the window's end, be it with a gap there.
    private var isComplete: Bool {
        didSet { if isComplete { isOver.raise() } }
    }
    /// No more footage will come: the window is what it is.
    nonisolated let isOver = Flag()
    private let footage: any Footage
    /// Ends the footage when nothing of the window can come any more.
    private var deadline: Task<Void, any Error>?
    /// Why the footage ends before the window does, if it does.
    private var endReason: String?
    /// The storage is in the way of a segment that has come.
    private var isHindered = false
    private var thumbnail: Task<Void, Never>?
    /// Nothing is to be done in the folder any more: it is where finished clips are, or lost.
    private var isInPlace: Bool

    /// - Parameters:
    ///   - segments: what an earlier life of the program has kept of it.
    ///   - footage: begins where those end; closed when the clip has all of it.
    ///   - isInPlace: it has come to its end, and only the row does not say so.
    init(
        _ clip: Clip,
        segments: [FrozenSegment] = [],
        footage: any Footage,
        isInPlace: Bool = false,
        workshop: ClipWorkshop
    ) {
        self.clip = clip
        self.footage = footage
        self.isInPlace = isInPlace
        isComplete = isInPlace || segments.last.map { $0.end >= clip.requestedEnd } ?? false
        self.workshop = workshop
        staging = workshop.layout.staging(clip.id)
        finisher = ClipFinisher(workshop: workshop, folder: staging)
        freezer = SegmentFreezer(folder: staging, segments: segments)
        if isComplete { isOver.raise() }
    }

    /// Makes the staging folder and freezes what the ring holds of the window; afterwards it outlives
    /// this program.
    func begin() async throws(ArchiveError) {
        try staging.create()
        FaultPoint.begun.reach()
        let batch = await footage.available()
        for segment in batch { _ = try freeze(segment) }
        FaultPoint.frozen.reach()
        try note()
        if let last = batch.last { await footage.release(through: last) }
        try ClipFolder(path: workshop.layout.stagingRoot).sync()
        FaultPoint.prepared.reach()
    }

    /// Takes the end of a later trigger's clip, if it is later, and its words where this one has none.
    ///
    /// - Returns: the clip as it then is on disk; nil when it gets no more footage, and stays as it is.
    func lengthen(by other: Clip) async throws(ArchiveError) -> Clip? {
        if isOver.isRaised { return nil }
        let shorter = clip
        clip.requestedEnd = max(clip.requestedEnd, other.requestedEnd)
        clip.label = clip.label ?? other.label
        clip.note = clip.note ?? other.note
        clip.metadata = clip.metadata ?? other.metadata
        if clip == shorter { return clip }
        do throws(ArchiveError) {
            try note()
        } catch {
            clip = shorter
            throw error
        }
        let longer = clip
        if longer.requestedEnd > shorter.requestedEnd {
            if deadline != nil { setDeadline() }
            await footage.extend(to: longer.requestedEnd)
        }
        return longer
    }

    /// Follows the footage to the window's end and finishes the clip.
    ///
    /// When the task is cancelled the clip stays as it is, and the program's next life goes on with it.
    func run() async {
        await withTaskCancellationHandler {
            await followPostRoll()
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

    /// Changes what people say of the clip: from now on it is in every row and manifest written here.
    func edit(_ edit: ClipEdit) async throws(ArchiveError) -> Clip {
        let before = clip
        edit.apply(to: &clip)
        do throws(ArchiveError) {
            guard let edited = try await workshop.table.edit(clip.id, edit) else {
                throw ArchiveError.notFound
            }
            let folder = isInPlace ? workshop.layout.final(clip) : staging
            await workshop.table.settle(edited, in: folder, report: workshop.report)
            return edited
        } catch {
            // Not all words: a trigger may have added some meanwhile.
            edit.undone(to: before).apply(to: &clip)
            throw error
        }
    }

    // MARK: - Footage

    private func followPostRoll() async {
        // The answer to the trigger has not waited for this. What fails here fails again, and is reported,
        // when the clip is put in its place.
        for name in Set(segments.flatMap { [$0.initFile, $0.file] }) { try? staging.sync(name) }
        startThumbnail()
        setDeadline()
        defer { deadline?.cancel() }
        while !isComplete {
            let batch = await footage.next()
            guard let last = batch.last else {
                isOver.raise()
                endReason = await footage.interruption
                return
            }
            var fresh: [String] = []
            for segment in batch {
                await attempt("keep a segment") { () throws(ArchiveError) in
                    fresh += try freeze(segment)
                }
            }
            FaultPoint.segmentKept.reach()
            await attempt("note its segments") { () throws(ArchiveError) in try note(fresh) }
            FaultPoint.segmentNoted.reach()
            // Until now the ring has held them: what the storage hindered could be tried again.
            await footage.release(through: last)
            startThumbnail()
        }
    }

    private func setDeadline() {
        deadline?.cancel()
        let end = ContinuousClock.now + max(.zero, clip.requestedEnd - .now())
        deadline = Task {
            try await Task.sleep(until: end + Self.graceWhileDown, clock: .continuous)
            // Asked anew each time: cameras fall behind, catch up, and go down.
            while await mayComeStill(of: end) { try await Task.sleep(for: Self.pause) }
            // What cannot be kept yet would be gone.
            while isHindered { try await Task.sleep(for: Self.pause) }
            // Between here and the flag nobody can lengthen the clip.
            try Task.checkCancellation()
            isOver.raise()
            await footage.close()
        }
    }

    /// Whether the footage of a window that is over may be on its way.
    private func mayComeStill(of end: ContinuousClock.Instant) async -> Bool {
        if await footage.interruption != nil { return false }
        return await .now < end + Self.grace + footage.lag
    }

    /// Does what a storage that is full or read-only hinders only for a while, again and again until the
    /// task is cancelled. What cannot be done is in the log, and in the clip's coverage.
    private func attempt(_ task: String, _ work: () throws(ArchiveError) -> Void) async {
        defer { isHindered = false }
        while true {
            do throws(ArchiveError) {
                return try work()
            } catch {
                if !isHindered { workshop.report("clip \(clip.id) cannot \(task): \(error)") }
                guard error.mayPass, !Task.isCancelled else { return }
                isHindered = true
                try? await Task.sleep(for: Self.pause)
            }
        }
    }

    /// Brings a segment into the folder if it belongs to the window, and gives the names of what is new.
    private func freeze(_ segment: Segment) throws(ArchiveError) -> [String] {
        if segment.end >= clip.requestedEnd { isComplete = true }
        if segment.start >= clip.requestedEnd { endReason = segment.gapReason }
        guard segment.start < clip.requestedEnd, segment.end > clip.requestedStart else {
            return []
        }
        let names = try freezer.freeze(segment)
        describe(segment.run.media)
        return names
    }

    private func describe(_ media: InitSegment) {
        guard clip.videoCodec == nil, let video = media.video else { return }
        clip.videoCodec = video.codec
        clip.audioCodec = media.audio?.codec
        (clip.width, clip.height) = (video.shownSize?.width, video.shownSize?.height)
    }

    /// Writes down what the folder holds: for the next life, and for players that watch it grow.
    ///
    /// Afterwards no power cut takes what is noted, as far as the files' own content is synced.
    ///
    /// - Parameter fresh: files to sync before they are named.
    private func note(_ fresh: [String] = []) throws(ArchiveError) {
        for name in fresh { try staging.sync(name) }
        clip.coverage = Coverage(soFarOf: clip.window, by: segments)
        clip.setAccuracy(of: segments)
        try staging.write(ClipManifest(clip: clip, segments: segments))
        let playlist = MediaPlaylist(of: segments, window: clip.window, isComplete: false)
        try staging.write(Array(playlist.text.utf8), to: ClipFolder.playlistName)
        try staging.sync()
    }

    // MARK: - Files

    /// Makes the thumbnail as soon as the trigger's moment is on disk, long before the clip ends.
    private func startThumbnail() {
        if segments.last.map({ $0.end > clip.timestamp }) ?? false { _ = thumbnailMaking() }
    }

    private func thumbnailMaking() -> Task<Void, Never> {
        let making =
            thumbnail ?? Task { await finisher.makeThumbnail(of: clip, from: segments) }
        thumbnail = making
        return making
    }

    /// Waits for the thumbnail; one that could not be made is tried once more.
    private func finishThumbnail() async {
        for _ in 0..<2 where staging.size(of: ClipMaker.thumbnailName) == nil {
            let making = thumbnailMaking()
            await withTaskCancellationHandler {
                await making.value
            } onCancel: {
                making.cancel()
            }
            if Task.isCancelled { return }
            thumbnail = nil
        }
    }

    /// Finishes the clip; false when the storage is in the way, and another attempt may help.
    private func finish() async -> Bool {
        do throws(ArchiveError) {
            // Once the folder is in its place, only the row can be missing.
            if !isInPlace { try await makeFiles() }
            if !isInPlace { return false }
            FaultPoint.inPlace.reach()
            try await workshop.table.update(clip)
            FaultPoint.settled.reach()
        } catch {
            if !isInPlace && !staging.exists && workshop.layout.isThere {
                clip.lose(because: "its files were lost before it was finished")
                isInPlace = true
                return await finish()
            }
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
        FaultPoint.complete.reach()
        clip.status = .processing
        try await workshop.table.update(clip)
        var finished = clip
        var whole = segments
        do throws(ArchiveError) {
            try await finisher.makeVideo(of: &finished, from: &whole)
            finished.status = .ready
        } catch {
            // A storage that is full or gone makes ffmpeg fail too, but not for good.
            try workshop.layout.checkRoom(for: segments.reduce(0) { $0 + $1.bytes })
            try staging.checkWriting()
            finished.error = error.description
            finished.status = .failed
        }
        FaultPoint.videoMade.reach()
        finished.setAccuracy(of: whole)
        finished.coverage = Coverage(
            of: clip.window,
            by: whole,
            endReason: whole.last == segments.last ? endReason : FrozenSegment.damage
        )
        await finishThumbnail()
        // Shutting down, or deleted: nothing has failed.
        if Task.isCancelled { return }
        // Edits have gone on meanwhile.
        clip.edit.apply(to: &finished)
        try finisher.putInPlace(&finished, whole)
        clip = finished
        isInPlace = true
    }
}
