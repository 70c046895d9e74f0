/// A segment and the parts of its file, in order: for players that follow closely.
package struct PartedSegment: Sendable, Hashable {
    package let segment: Segment
    package let parts: [Part]

    package init(segment: Segment, parts: [Part]) {
        self.segment = segment
        self.parts = parts
    }
}
