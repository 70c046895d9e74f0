import Segmenter

extension Ring.Contents {
    /// All its segments; the last may still be growing.
    var held: [Segment] {
        segments + (edge.newest.last.flatMap { $0.segment.isOpen ? [$0.segment] : nil } ?? [])
    }
}
