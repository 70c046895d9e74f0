import Dispatch
import Glibc

/// A camera's newest segments, indexed by time, on disk.
///
/// What it stores lies on steady time; what it takes and gives in wall time is converted at its door.
/// Segments older than the buffer are deleted, but none that a `RingReader` still has to come to.
package actor Ring {
    private var bufferDuration: Duration
    private let clock: SystemClock
    private let executor: any SerialExecutor
    private let remover: FileRemover
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// The segments that nothing more belongs to.
    private var stored: [SteadySegment] = []
    /// The newest of them, with their parts.
    private var recent: [SteadyPartedSegment] = []
    private var open: SteadyPartedSegment?
    private var leases = RingLeases()
    private var watchers = ChangeWaiters()
    private var nextSequence = 0
    private var isClosed = false
    /// Waits for the last reader to close.
    private var lastReaderWaiter: CheckedContinuation<Void, Never>?
    private var discontinuities = 0
    /// The first segment, or the last one gone while there is none.
    private var front: SteadySegment?
    /// The run that is being recorded: its directory stays although the ring may hold none of it.
    private var currentRun: String?
    private var source: RingSource?

    /// - Parameters:
    ///   - executor: where it lives: that of whoever fills it.
    ///   - remover: deletes what is too old.
    package init(
        bufferDuration: Duration,
        executor: any SerialExecutor,
        clock: SystemClock = SystemClock(),
        remover: FileRemover = FileRemover()
    ) {
        self.bufferDuration = bufferDuration
        self.clock = clock
        self.executor = executor
        self.remover = remover
    }

    /// Why nothing is recorded at present, in plain words; nil while something is.
    private(set) var interruption: String?

    /// How far the newest footage lies behind the present, beyond what is usual.
    private(set) var lag = Duration.zero

    /// What the ring holds, oldest first; the last may still be growing.
    package var segments: [Segment] {
        source?.read()
        let shift = clock.shift
        return held.map { $0.onWallClock(shift: shift) }
    }

    private var held: [SteadySegment] { stored + (open.map { [$0.segment] } ?? []) }

    /// The same, with what a playlist of it needs to say.
    package var contents: Contents {
        source?.read()
        let shift = clock.shift
        return Contents(
            segments: stored.map { $0.onWallClock(shift: shift) },
            discontinuities: discontinuities,
            edge: edge
        )
    }

    /// The newest end, as it is now.
    package var edge: LiveEdge {
        source?.read()
        let shift = clock.shift
        return LiveEdge(
            revision: watchers.revision,
            newest: (recent + (open.map { [$0] } ?? [])).map { $0.onWallClock(shift: shift) },
            run: currentRun,
            isClosed: isClosed
        )
    }

    /// Of how many closed segments the parts are remembered.
    private static let recentCount = 3

    /// The number for the next segment to be closed.
    var sequence: Int { nextSequence }

    // MARK: - Filling

    /// Takes in a segment that nothing more belongs to.
    func append(_ segment: SteadyPartedSegment) {
        open = nil
        interruption = nil
        recent = recent.suffix(Self.recentCount - 1) + [segment]
        if stored.isEmpty { moveFront(to: segment.segment) }
        stored.append(segment.segment)
        nextSequence = segment.segment.sequence + 1
        leases.deliver(held)
        prune(now: clock.now)
        watchers.change()
    }

    /// Takes in how far the newest segment has grown; nil when there is none.
    ///
    /// - Parameters:
    ///   - isSettling: there is more, whose moment is not known yet.
    ///   - lag: how far what comes lies behind the present, beyond what is usual.
    func update(
        open segment: SteadyPartedSegment?,
        isSettling: Bool = false,
        lag: Duration = .zero
    ) {
        open = segment
        self.lag = lag
        if isSettling || segment != nil { interruption = nil }
        if segment != nil { leases.deliver(held) }
        prune(now: clock.now)
        watchers.change()
    }

    /// Holds so much from now on.
    package func setBufferDuration(_ duration: Duration) {
        bufferDuration = duration
        prune(now: clock.now)
    }

    /// Deletes what is older than the buffer and not needed by a reader.
    func prune(now: SteadyTime) {
        let oldest = now - bufferDuration
        guard let first = stored.first, first.end < oldest else { return }
        let needed = leases.oldestPosition
        let count = stored.prefix { $0.end < oldest && $0.sequence < needed }.count
        guard count > 0 else { return }
        let gone = stored.prefix(count)
        stored.removeFirst(count)
        watchers.change()
        for segment in gone.dropFirst() + stored.prefix(1) { moveFront(to: segment) }
        remover.removeFiles(gone.map(\.path))
        let living = Set(held.map(\.run.id))
        for run in Set(gone.map(\.run)) where !living.contains(run.id) && run.id != currentRun {
            remover.removeDirectory(run.directory)
        }
    }

    /// Counts the discontinuity that the ring's front passes on its way to `segment`, if there is one.
    private func moveFront(to segment: SteadySegment) {
        if let front, !front.isFollowed(by: segment) { discontinuities += 1 }
        front = segment
    }

    /// Somebody waits for what is to come.
    var isAwaited: Bool { leases.haveWaiters || !watchers.isEmpty }

    func setSource(_ source: RingSource?) { self.source = source }

    func begin(run id: String) {
        currentRun = id
        isClosed = false
        watchers.change()
    }

    /// The run has ended; `directory` goes when nothing of it is in the ring.
    ///
    /// - Parameter reason: why, in plain words.
    func end(run id: String, directory: String, reason: String?) {
        currentRun = nil
        source = nil
        interruption = reason
        lag = .zero
        if !stored.contains(where: { $0.run.id == id }) { remover.removeDirectory(directory) }
        watchers.change()
    }

    /// Ends every reader; nothing will be appended until another run begins.
    func close() {
        isClosed = true
        leases.resumeAllWaiters()
        watchers.change()
    }

    /// Deletes all that a closed ring holds, once its last reader has closed.
    func removeAll() async {
        if !leases.isEmpty { await withCheckedContinuation { lastReaderWaiter = $0 } }
        let directories = Set(held.map(\.run.directory))
        stored = []
        recent = []
        open = nil
        watchers.change()
        for directory in directories { remover.removeDirectory(directory) }
        await remover.finish()
    }

    // MARK: - Watching

    /// Waits until the newest end has changed since that revision, the ring is closed or the task is
    /// cancelled.
    func edge(after revision: Int) async -> LiveEdge {
        let number = watchers.newNumber()
        source?.read()
        if watchers.revision == revision && !isClosed {
            await withTaskCancellationHandler {
                if Task.isCancelled { return }
                source?.hasten()
                await withCheckedContinuation { watchers.add($0, number: number) }
            } onCancel: {
                Task { await resumeWatcher(number) }
            }
        }
        return edge
    }

    private func resumeWatcher(_ number: Int) { watchers.resume(number) }

    // MARK: - Reading

    /// Reads from the segment that is shown at `start`, and holds that and all later ones back from
    /// deletion until the reader has done with them.
    ///
    /// - Parameter end: as soon as the newest segment has grown to it, it is delivered as far as it is there.
    package func reader(from start: Timestamp, to end: Timestamp? = nil) -> RingReader {
        source?.read()
        let shift = clock.shift
        let start = start.steadyTime(shift: shift)
        let id = leases.add(
            from: start,
            to: end?.steadyTime(shift: shift),
            shift: shift,
            position: stored.first { $0.end > start }?.sequence ?? nextSequence
        )
        return RingReader(ring: self, id: id)
    }

    /// What lies ready for a reader and has not been released by it, as far as it is there.
    func available(to id: Int) -> [Segment] {
        source?.read()
        return leases[id]?.segments(of: held) ?? []
    }

    /// Moves a reader's end; no part of a segment that is still growing is delivered before it.
    func extend(reader id: Int, to end: Timestamp) {
        guard let lease = leases[id] else { return }
        leases.setEnd(end.steadyTime(shift: lease.shift), of: id)
    }

    /// Lets go of everything before `position`.
    func release(before position: Int, for id: Int) {
        leases.release(before: position, for: id)
    }

    /// The next segments, at least one; none once the ring or the reader is closed, or the task is
    /// cancelled.
    func next(for id: Int) async -> [Segment] {
        let ready = leases[id]?.readySegments(of: held) ?? []
        if !ready.isEmpty || isClosed || leases[id] == nil || Task.isCancelled { return ready }
        source?.hasten()
        return await withCheckedContinuation { leases.setWaiter($0, of: id) }
    }

    /// Lets a reader that waits go without a segment.
    func wake(reader id: Int) {
        leases.resumeWaiter(of: id)
    }

    func close(reader id: Int) {
        leases.remove(id)
        if leases.isEmpty {
            lastReaderWaiter?.resume()
            lastReaderWaiter = nil
        }
    }
}
