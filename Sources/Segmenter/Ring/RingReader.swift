/// One reader's place in a ring: the segments from a moment on, in order, none skipped or twice.
///
/// What has not been released is not deleted. Close it when done: a forgotten reader would keep the
/// ring growing.
package struct RingReader: Sendable {
    private let ring: Ring
    private let id: Int

    init(ring: Ring, id: Int) {
        self.ring = ring
        self.id = id
    }

    /// What lies ready, without waiting. The last may still be growing.
    package func available() async -> [Segment] {
        await ring.available(to: id)
    }

    /// Waits for the next segments; empty once the ring or this reader is closed, or the task is
    /// cancelled.
    package func next() async -> [Segment] {
        await withTaskCancellationHandler {
            await ring.next(for: id)
        } onCancel: {
            Task { await ring.wake(reader: id) }
        }
    }

    /// Says that `segment` and all before it are safe elsewhere. One that was still growing comes again.
    package func release(through segment: Segment) async {
        await ring.release(before: segment.sequence + (segment.isOpen ? 0 : 1), for: id)
    }

    /// Moves on the end up to which a segment that is still growing is waited for.
    package func extend(to end: Timestamp) async {
        await ring.extend(reader: id, to: end)
    }

    /// Why nothing is recorded at present, in plain words; nil while something is.
    package var interruption: String? {
        get async { await ring.interruption }
    }

    /// How far the newest footage lies behind the present, beyond what is usual: so much longer it takes until
    /// a moment's footage has come.
    package var lag: Duration {
        get async { await ring.lag }
    }

    /// Ends the reading; a `next` under way returns empty.
    package func close() async {
        await ring.close(reader: id)
    }
}
