/// A segment and the parts of its file, in order: for players that follow closely.
package struct TimedPartedSegment<Time: Moment>: Sendable, Hashable {
    package let segment: TimedSegment<Time>
    package let parts: [Part]

    package init(segment: TimedSegment<Time>, parts: [Part]) {
        self.segment = segment
        self.parts = parts
    }

    /// What players get as a part: its fragments alone. Blocks on the disk.
    package func bytes(of part: Part) throws(SegmenterError) -> [UInt8] {
        try File(reading: segment.path).read(at: Int64(part.offset), count: part.length)
    }
}

/// One on the wall clock, as everything outside the ring sees it.
package typealias PartedSegment = TimedPartedSegment<Timestamp>
/// One on steady time, as the ring stores it.
package typealias SteadyPartedSegment = TimedPartedSegment<SteadyTime>

extension TimedPartedSegment<SteadyTime> {
    /// The same on a wall clock that is ahead by `shift`.
    func onWallClock(shift: Duration) -> PartedSegment {
        PartedSegment(segment: segment.onWallClock(shift: shift), parts: parts)
    }
}
