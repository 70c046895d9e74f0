import Dispatch
import Glibc

/// A camera's newest segments, indexed by time, on disk.
///
/// What it stores lies on steady time; what it takes and gives in wall time is converted at its door.
/// Segments older than the buffer are deleted, but none that a `RingReader` still has to come to.
/// The actor runs on its camera's executor: deleting blocks.
package actor Ring {
    private var bufferDuration: Duration
    private let clock: SystemClock
    private let executor: QueueExecutor
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    private struct Reader {
        /// In steady time.
        let start: Timestamp
        var end: Timestamp?
        /// From steady to wall time, as it was when the reading began: a clip stays on one timeline.
        let shift: Duration
        /// The first sequence number that it has not done with.
        var position: Int
        var waiter: CheckedContinuation<[Segment], Never>?
    }

    /// The segments that nothing more belongs to.
    private var stored: [Segment] = []
    /// The newest of them, with their parts.
    private var recent: [PartedSegment] = []
    private var open: PartedSegment?
    private var readers: [Int: Reader] = [:]
    /// Counts the changes.
    private var revision = 0
    private var watchers: [Int: CheckedContinuation<Void, Never>] = [:]
    private var nextWatcher = 0
    private var nextReader = 0
    private var nextSequence = 0
    private var isClosed = false
    /// Waits for the last reader to close.
    private var remover: CheckedContinuation<Void, Never>?
    private var discontinuities = 0
    /// The first segment, or the last one gone while there is none.
    private var front: Segment?

    package init(
        bufferDuration: Duration,
        executor: QueueExecutor,
        clock: SystemClock = SystemClock()
    ) {
        self.bufferDuration = bufferDuration
        self.clock = clock
        self.executor = executor
    }

    /// Why nothing is recorded at present, in plain words; nil while something is.
    private(set) var interruption: String?

    /// What the ring holds, oldest first; the last may still be growing.
    package var segments: [Segment] {
        let shift = clock.shift
        return held.map { $0.shifted(by: shift) }
    }

    /// In steady time.
    private var held: [Segment] { stored + (open.map { [$0.segment] } ?? []) }

    /// The same, with what a playlist of it needs to say.
    package var contents: Contents {
        let shift = clock.shift
        return Contents(
            segments: shift == .zero ? stored : stored.map { $0.shifted(by: shift) },
            discontinuities: discontinuities,
            edge: edge
        )
    }

    /// The newest end, as it is now.
    package var edge: LiveEdge {
        let shift = clock.shift
        return LiveEdge(
            revision: revision,
            newest: (recent + (open.map { [$0] } ?? [])).map { $0.shifted(by: shift) },
            run: currentRun,
            isClosed: isClosed
        )
    }

    /// Of how many closed segments the parts are remembered.
    private static let recentCount = 3

    /// The number for the next segment to be closed.
    var sequence: Int { nextSequence }

    /// Takes in a segment that nothing more belongs to.
    func append(_ segment: PartedSegment) {
        open = nil
        interruption = nil
        recent = recent.suffix(Self.recentCount - 1) + [segment]
        if stored.isEmpty { moveFront(to: segment.segment) }
        stored.append(segment.segment)
        nextSequence = segment.segment.sequence + 1
        for id in readers.keys { deliver(to: id) }
        prune(now: clock.now)
        tellWatchers()
    }

    /// Takes in how far the newest segment has grown; nil when there is none.
    ///
    /// - Parameter isSettling: there is more, whose moment is not known yet.
    func update(open segment: PartedSegment?, isSettling: Bool = false) {
        open = segment
        if isSettling { interruption = nil }
        if let segment = segment?.segment {
            interruption = nil
            for (id, reader) in readers where Self.reaches(segment, endOf: reader) {
                deliver(to: id)
            }
        }
        prune(now: clock.now)
        tellWatchers()
    }

    /// Holds so much from now on.
    package func keep(_ duration: Duration) {
        bufferDuration = duration
        prune(now: clock.now)
    }

    /// Deletes what is older than the buffer and not needed by a reader.
    ///
    /// - Parameter now: in steady time.
    func prune(now: Timestamp) {
        let oldest = now - bufferDuration
        let needed = readers.values.map(\.position).min() ?? Int.max
        let count = stored.prefix { $0.end < oldest && $0.sequence < needed }.count
        guard count > 0 else { return }
        let gone = stored.prefix(count)
        stored.removeFirst(count)
        revision += 1
        for segment in gone.dropFirst() + stored.prefix(1) { moveFront(to: segment) }
        for segment in gone { unlink(segment.path) }
        let living = Set(held.map(\.run.id))
        for run in Set(gone.map(\.run)) where !living.contains(run.id) && run.id != currentRun {
            Directory.remove(run.directory)
        }
    }

    /// Counts the discontinuity that the ring's front passes on its way to `segment`, if there is one.
    private func moveFront(to segment: Segment) {
        if let front, !front.isFollowed(by: segment) { discontinuities += 1 }
        front = segment
    }

    /// The run that is being recorded: its directory stays although the ring may hold none of it.
    private var currentRun: String?

    func begin(run id: String) {
        currentRun = id
        isClosed = false
        tellWatchers()
    }

    /// The run has ended; `directory` goes when nothing of it is in the ring.
    ///
    /// - Parameter reason: why, in plain words.
    func end(run id: String, directory: String, reason: String?) {
        currentRun = nil
        interruption = reason
        if !stored.contains(where: { $0.run.id == id }) { Directory.remove(directory) }
        tellWatchers()
    }

    /// Ends every reader; nothing will be appended until another run begins.
    func close() {
        isClosed = true
        for id in readers.keys { wake(reader: id) }
        tellWatchers()
    }

    /// Deletes all that a closed ring holds, once its last reader has closed.
    func removeAll() async {
        if !readers.isEmpty { await withCheckedContinuation { remover = $0 } }
        for run in Set(held.map(\.run)) { Directory.remove(run.directory) }
        stored = []
        recent = []
        open = nil
        tellWatchers()
    }

    // MARK: - Watching

    /// Waits until the newest end has changed since that revision, the ring is closed or the task is
    /// cancelled.
    func edge(after revision: Int) async -> LiveEdge {
        let id = nextWatcher
        nextWatcher += 1
        if self.revision == revision && !isClosed {
            await withTaskCancellationHandler {
                if Task.isCancelled { return }
                await withCheckedContinuation { watchers[id] = $0 }
            } onCancel: {
                Task { await wake(watcher: id) }
            }
        }
        return edge
    }

    private func wake(watcher id: Int) {
        watchers.removeValue(forKey: id)?.resume()
    }

    private func tellWatchers() {
        revision += 1
        for id in watchers.keys { wake(watcher: id) }
    }

    // MARK: - Reading

    /// Reads from the segment that is shown at `start`, and holds that and all later ones back from
    /// deletion until the reader has done with them.
    ///
    /// - Parameter end: as soon as the newest segment has grown to it, it is delivered as far as it is there.
    package func reader(from start: Timestamp, to end: Timestamp? = nil) -> RingReader {
        let id = nextReader
        nextReader += 1
        let shift = clock.shift
        let start = start - shift
        let position = stored.first { $0.end > start }?.sequence ?? nextSequence
        readers[id] = Reader(
            start: start,
            end: end.map { $0 - shift },
            shift: shift,
            position: position
        )
        return RingReader(ring: self, id: id)
    }

    /// What lies ready for a reader and has not been released by it, as far as it is there.
    func available(to id: Int) -> [Segment] {
        guard let reader = readers[id] else { return [] }
        return delivered(to: reader).map { $0.shifted(by: reader.shift) }
    }

    /// In steady time.
    private func delivered(to reader: Reader) -> [Segment] {
        held.filter { $0.sequence >= reader.position && $0.end > reader.start }
    }

    /// The same without the segment that is still growing, unless it has grown to the reader's end.
    private func ready(for id: Int) -> [Segment] {
        guard let reader = readers[id] else { return [] }
        return delivered(to: reader).filter { !$0.isOpen || Self.reaches($0, endOf: reader) }
            .map { $0.shifted(by: reader.shift) }
    }

    /// Both in steady time.
    private static func reaches(_ segment: Segment, endOf reader: Reader) -> Bool {
        guard let end = reader.end else { return false }
        // The frame boundary that is nearest to the end may be the next one.
        let margin = min(max(segment.frameInterval, .milliseconds(40)), .milliseconds(200))
        return segment.end >= end + margin
    }

    /// Moves a reader's end; no part of a segment that is still growing is delivered before it.
    func extend(reader id: Int, to end: Timestamp) {
        guard let reader = readers[id] else { return }
        readers[id]?.end = end - reader.shift
    }

    /// Lets go of everything before `position`.
    func release(before position: Int, for id: Int) {
        readers[id]?.position = position
    }

    /// The next segments, at least one; none once the ring or the reader is closed, or the task is
    /// cancelled.
    func next(for id: Int) async -> [Segment] {
        let ready = ready(for: id)
        if !ready.isEmpty || isClosed || readers[id] == nil || Task.isCancelled { return ready }
        return await withCheckedContinuation { readers[id]?.waiter = $0 }
    }

    /// Lets a reader that waits go without a segment.
    func wake(reader id: Int) {
        let waiter = readers[id]?.waiter
        readers[id]?.waiter = nil
        waiter?.resume(returning: [])
    }

    func close(reader id: Int) {
        wake(reader: id)
        readers[id] = nil
        if readers.isEmpty {
            remover?.resume()
            remover = nil
        }
    }

    /// Gives a reader that waits what is ready for it.
    private func deliver(to id: Int) {
        guard let waiter = readers[id]?.waiter else { return }
        let ready = ready(for: id)
        if ready.isEmpty { return }
        readers[id]?.waiter = nil
        waiter.resume(returning: ready)
    }
}
