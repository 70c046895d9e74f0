import Segmenter

/// The footage of a camera from which nothing more will come.
struct NoFootage: Footage {
    func available() async -> [Segment] { [] }
    func next() async -> [Segment] { [] }
    func release(through segment: Segment) async {}
    var interruption: String? { nil }
    var lag: Duration { .zero }
    func close() async {}
}
