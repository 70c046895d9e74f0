/// Who reads from a ring, from where on, and what must not be deleted meanwhile.
struct RingLeases {
    /// One reader's place. Its moments lie on steady time.
    struct Lease {
        let start: SteadyTime
        fileprivate(set) var end: SteadyTime?
        /// From steady to wall time, as it was when the reading began: a clip stays on one timeline.
        let shift: Duration
        /// The first sequence number that it has not done with.
        fileprivate(set) var position: Int
        fileprivate var waiter: CheckedContinuation<[Segment], Never>?

        /// Whether a segment that is still growing has grown to the lease's end.
        func isReached(by segment: SteadySegment) -> Bool {
            guard let end else { return false }
            // The frame boundary that is nearest to the end may be the next one.
            let margin = min(max(segment.frameInterval, .milliseconds(40)), .milliseconds(200))
            return segment.end >= end + margin
        }

        /// What lies there for it and has not been released, as far as it is there; in wall time.
        func segments(of held: [SteadySegment]) -> [Segment] {
            held.filter { $0.sequence >= position && $0.end > start }
                .map { $0.onWallClock(shift: shift) }
        }

        /// The same without the segment that is still growing, unless it has grown to the lease's end.
        func readySegments(of held: [SteadySegment]) -> [Segment] {
            segments(of: held.filter { !$0.isOpen || isReached(by: $0) })
        }
    }

    private var leases: [Int: Lease] = [:]
    private var next = 0

    var isEmpty: Bool { leases.isEmpty }

    var haveWaiters: Bool { leases.values.contains { $0.waiter != nil } }

    /// The oldest sequence number that somebody has not done with.
    var oldestPosition: Int { leases.values.map(\.position).min() ?? Int.max }

    subscript(id: Int) -> Lease? { leases[id] }

    mutating func add(
        from start: SteadyTime,
        to end: SteadyTime?,
        shift: Duration,
        position: Int
    ) -> Int {
        defer { next += 1 }
        leases[next] = Lease(start: start, end: end, shift: shift, position: position)
        return next
    }

    mutating func setEnd(_ end: SteadyTime, of id: Int) { leases[id]?.end = end }

    mutating func release(before position: Int, for id: Int) { leases[id]?.position = position }

    /// Gives up a lease; whoever waits for it gets nothing.
    mutating func remove(_ id: Int) {
        resumeWaiter(of: id)
        leases[id] = nil
    }

    mutating func setWaiter(_ waiter: CheckedContinuation<[Segment], Never>, of id: Int) {
        leases[id]?.waiter = waiter
    }

    /// Lets a reader that waits go without a segment.
    mutating func resumeWaiter(of id: Int) {
        let waiter = leases[id]?.waiter
        leases[id]?.waiter = nil
        waiter?.resume(returning: [])
    }

    mutating func resumeAllWaiters() {
        for id in leases.keys { resumeWaiter(of: id) }
    }

    /// Gives every reader that waits what is ready for it.
    mutating func deliver(_ held: @autoclosure () -> [SteadySegment]) {
        for (id, lease) in leases {
            guard let waiter = lease.waiter else { continue }
            let ready = lease.readySegments(of: held())
            if ready.isEmpty { continue }
            leases[id]?.waiter = nil
            waiter.resume(returning: ready)
        }
    }
}
