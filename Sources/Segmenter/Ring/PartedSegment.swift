/// A segment and the parts of its file, in order: for players that follow closely.
package struct PartedSegment: Sendable, Hashable {
    package let segment: Segment
    package let parts: [Part]

    package init(segment: Segment, parts: [Part]) {
        self.segment = segment
        self.parts = parts
    }

    /// What players get as a part: its fragments alone. Blocks on the disk.
    package func bytes(of part: Part) throws(SegmenterError) -> [UInt8] {
        try File(reading: segment.path).read(at: Int64(part.offset), count: part.length)
    }

    /// The same on a clock that is ahead by `shift`: in wall time instead of steady time.
    func shifted(by shift: Duration) -> PartedSegment {
        PartedSegment(segment: segment.shifted(by: shift), parts: parts)
    }
}
