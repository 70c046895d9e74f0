/// A segment and the parts of its file, in order: for players that follow closely.
package struct PartedSegment: Sendable, Hashable {
    package let segment: Segment
    package let parts: [Part]

    package init(segment: Segment, parts: [Part]) {
        self.segment = segment
        self.parts = parts
    }

    /// The same on a clock that is ahead by `shift`: in wall time instead of steady time.
    func shifted(by shift: Duration) -> PartedSegment {
        PartedSegment(segment: segment.shifted(by: shift), parts: parts)
    }
}
