import Dispatch
import Glibc

/// A camera's newest segments, indexed by wall time, on disk.
///
/// Segments older than the buffer are deleted, but none that a `RingReader` still has to come to.
/// The actor runs on its camera's executor: deleting blocks.
package actor Ring {
    private var bufferDuration: Duration
    private let executor: QueueExecutor
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    private struct Reader {
        let start: Timestamp
        /// The first sequence number that it has not done with.
        var position: Int
        var waiter: CheckedContinuation<[Segment], Never>?
    }

    private var stored: [Segment] = []
    private var readers: [Int: Reader] = [:]
    private var nextReader = 0
    private var nextSequence = 0
    private var isClosed = false
    /// Waits for the last reader to close.
    private var remover: CheckedContinuation<Void, Never>?
    private var discontinuities = 0
    /// The first segment, or the last one gone while there is none.
    private var front: Segment?

    package init(bufferDuration: Duration, executor: QueueExecutor) {
        self.bufferDuration = bufferDuration
        self.executor = executor
    }

    /// What the ring holds, oldest first.
    package var segments: [Segment] { stored }

    /// The same, with what a playlist of it needs to say of what was before.
    package var contents: Contents {
        Contents(segments: stored, discontinuities: discontinuities)
    }

    package struct Contents: Sendable {
        package let segments: [Segment]
        /// How often, before the first segment, one did not go on where the one before it ended.
        package let discontinuities: Int
    }

    /// The number for the next segment to be appended.
    var sequence: Int { nextSequence }

    func append(_ segment: Segment) {
        if stored.isEmpty { moveFront(to: segment) }
        stored.append(segment)
        nextSequence = segment.sequence + 1
        for (id, reader) in readers {
            if let waiter = reader.waiter {
                readers[id]?.waiter = nil
                deliver(to: id, waiter)
            }
        }
        prune(now: .now())
    }

    /// Holds so much from now on.
    func keep(_ duration: Duration) {
        bufferDuration = duration
        prune(now: .now())
    }

    /// Deletes what is older than the buffer and not needed by a reader.
    func prune(now: Timestamp) {
        let oldest = now - bufferDuration
        let needed = readers.values.map(\.position).min() ?? Int.max
        let count = stored.prefix { $0.end < oldest && $0.sequence < needed }.count
        guard count > 0 else { return }
        let gone = stored.prefix(count)
        stored.removeFirst(count)
        for segment in gone.dropFirst() + stored.prefix(1) { moveFront(to: segment) }
        for segment in gone { unlink(segment.path) }
        let living = Set(stored.map(\.run.id))
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
    }

    /// The run has ended; `directory` goes when nothing of it is in the ring.
    func end(run id: String, directory: String) {
        currentRun = nil
        if !stored.contains(where: { $0.run.id == id }) { Directory.remove(directory) }
    }

    /// Ends every reader; nothing will be appended until another run begins.
    func close() {
        isClosed = true
        for id in readers.keys { wake(reader: id) }
    }

    /// Deletes all that a closed ring holds, once its last reader has closed.
    func removeAll() async {
        if !readers.isEmpty { await withCheckedContinuation { remover = $0 } }
        for run in Set(segments.map(\.run)) { Directory.remove(run.directory) }
        stored = []
    }

    // MARK: - Reading

    /// Reads from the segment that is shown at `start`, and holds that and all later ones back from
    /// deletion until the reader has done with them.
    package func reader(from start: Timestamp) -> RingReader {
        let id = nextReader
        nextReader += 1
        let position = stored.first { $0.end > start }?.sequence ?? nextSequence
        readers[id] = Reader(start: start, position: position)
        return RingReader(ring: self, id: id)
    }

    /// What lies ready for a reader and has not been released by it.
    func available(to id: Int) -> [Segment] {
        guard let reader = readers[id] else { return [] }
        return stored.filter { $0.sequence >= reader.position && $0.end > reader.start }
    }

    /// Lets go of everything before `position`.
    func release(before position: Int, for id: Int) {
        readers[id]?.position = position
    }

    /// The next segments, at least one; none once the ring or the reader is closed, or the task is
    /// cancelled.
    func next(for id: Int) async -> [Segment] {
        let ready = available(to: id)
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

    private func deliver(to id: Int, _ waiter: CheckedContinuation<[Segment], Never>) {
        let ready = available(to: id)
        if ready.isEmpty {
            readers[id]?.waiter = waiter
        } else {
            waiter.resume(returning: ready)
        }
    }
}
