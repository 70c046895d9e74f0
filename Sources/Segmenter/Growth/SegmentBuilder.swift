/// Makes segments of the fragments that one run's ffmpeg writes: each of its files becomes one.
///
/// Nothing is given away before the run's clock has settled: until then nobody knows when it was.
struct SegmentBuilder {
    /// What became of the ring's newest end.
    struct Growth: Hashable {
        /// Segments that nothing more belongs to.
        var closed: [SteadyPartedSegment] = []
        /// The one that grows on; nil while a keyframe is waited for, or the clock to settle.
        var open: SteadyPartedSegment?
        /// There is footage whose moment is not known yet.
        var isSettling = false
    }

    private var open: (file: Int, segment: OpenSegment)?
    /// Ended, and not placed in time yet.
    private var undated: [(segment: OpenSegment, next: Duration?)] = []
    /// Placed, and not given away yet.
    private var placed: [SteadyPartedSegment] = []
    /// Where the newest segment ended that has been placed.
    private var newestEnd: SteadyTime?
    /// Of the next segment, among the camera's.
    private var sequence: Int
    /// The number of the next segment's first part, in this run.
    private var firstPart = 0
    /// Why the next segment will not go on where the one before it ended.
    private var gapReason: String?

    /// - Parameters:
    ///   - sequence: of this run's first segment.
    ///   - gapReason: why it does not go on where the camera's footage before it ended.
    init(sequence: Int, gapReason: String?) {
        self.sequence = sequence
        self.gapReason = gapReason
    }

    /// How much of the open segment's file is whole; nil if none is open.
    var openLength: Int? { open?.segment.bytes }

    /// Where the newest footage ends, on the media clock; nil if none waits to be given away.
    var mediaEnd: Duration? { (open?.segment ?? undated.last?.segment)?.mediaEnd }

    /// Takes in the next fragment of the run.
    ///
    /// - Parameters:
    ///   - file: the number of the file that it is in. A new one begins a segment, with a keyframe.
    ///   - cameWithLast: both were written at once.
    ///   - pauses: when the camera took nothing, in it or right before it; on the media clock.
    mutating func add(
        _ fragment: Fragment,
        file: Int,
        of run: Run,
        cameWithLast: Bool,
        pauses: [Range<Duration>],
        usualInterval: Duration
    ) {
        var pauses = pauses
        if open?.file != file {
            let goesOn = open != nil
            if goesOn, let first = fragment.timing {
                // What was not taken before a segment's first frame is lacking in the one before it.
                let earlier = pauses.filter { $0.lowerBound < first.start }
                pauses.removeAll { $0.lowerBound < first.start }
                open?.segment.addPauses(earlier)
                close(before: first.start)
            }
            open = (
                file,
                OpenSegment(
                    run: run,
                    sequence: sequence,
                    name: RunLayout.segmentName(file),
                    firstPart: firstPart,
                    goesOn: goesOn,
                    gapReason: gapReason
                )
            )
            gapReason = nil
        }
        open?.segment.append(
            fragment,
            cameWithLast: cameWithLast,
            pauses: pauses,
            usualInterval: usualInterval
        )
    }

    /// Something is missing from here on: the open segment ends, the next one does not go on there.
    ///
    /// - Returns: the file of the segment that ended, and how much of it belongs to the segment.
    mutating func interrupt(_ reason: String) -> (file: Int, length: Int)? {
        defer { close() }
        // The first reason is the true one, until footage comes again.
        if open != nil || gapReason == nil { gapReason = reason }
        return open.map { ($0.file, $0.segment.bytes) }
    }

    /// What has come, placed in time: once the clock has settled, and at a run's end in any case.
    mutating func growth(by clock: RunClock, at now: SteadyTime) -> Growth {
        guard clock.isSettled else {
            return Growth(isSettling: open != nil || !undated.isEmpty)
        }
        place(by: clock, at: now)
        defer { placed = [] }
        open?.segment.place(after: newestEnd, by: clock)
        return Growth(closed: placed, open: open?.segment.cut(by: clock, at: now))
    }

    /// Gives the segments that have ended their places in time.
    mutating func place(by clock: RunClock, at now: SteadyTime) {
        for (segment, next) in undated {
            var segment = segment
            segment.place(after: newestEnd, by: clock)
            guard let closed = segment.closed(before: next, by: clock, at: now) else { continue }
            newestEnd = closed.segment.end
            placed.append(closed)
        }
        undated = []
    }

    /// Ends the open segment and gives what has not been given away.
    mutating func finish(by clock: RunClock, at now: SteadyTime) -> [SteadyPartedSegment] {
        close()
        place(by: clock, at: now)
        defer { placed = [] }
        return placed
    }

    private mutating func close(before next: Duration? = nil) {
        guard let ended = open?.segment else { return }
        open = nil
        firstPart = ended.nextPart
        sequence = ended.sequence + 1
        undated.append((ended, next))
    }
}
