import Archive
import Segmenter

extension MediaPlaylist {
    /// The shortest target duration of parts: ffmpeg ends them at the first frame after 0.2 s.
    private static let shortestPartTarget = 25
    /// By which it grows, so that it rarely changes. In hundredths of a second like the one above.
    private static let partTargetStep = 5

    /// A whole ring as a live playlist, its newest end in parts.
    init(live contents: Ring.Contents) {
        let newest = contents.edge.newest
        let parts = Dictionary(uniqueKeysWithValues: newest.map { ($0.segment.sequence, $0.parts) })
        let open = newest.last.flatMap { $0.segment.isOpen ? [$0.segment] : nil } ?? []
        let segments = contents.segments + open
        var previous: Segment?
        let entries = segments.map { segment in
            defer { previous = segment }
            return Entry(
                uri: LiveFile(segment).name,
                duration: segment.duration,
                start: segment.start,
                initURI: LiveFile(initOf: segment.run).name,
                isDiscontinuous: previous.map { !$0.isFollowed(by: segment) } ?? false,
                parts: parts[segment.sequence, default: []].map { Part($0, run: segment.run.id) },
                isOpen: segment.isOpen
            )
        }
        self.init(kind: .live, entries: entries)
        mediaSequence = segments.first?.sequence ?? 0
        discontinuitySequence = contents.discontinuities
        independentSegments = segments.allSatisfy(\.startsOnKeyframe)
        lowLatency = LowLatency(
            partTarget: Self.partTarget(of: contents.edge),
            hint: contents.edge.nextPart.flatMap { number in
                contents.edge.run.map { LiveFile(part: number, run: $0).name }
            }
        )
    }

    /// No part is longer.
    static func partTarget(of edge: LiveEdge) -> Duration {
        let longest = edge.newest.flatMap(\.parts).map(\.duration.seconds).max() ?? 0
        let steps = Int((longest * 100 / Double(partTargetStep)).rounded(.up))
        return .milliseconds(10 * max(shortestPartTarget, steps * partTargetStep))
    }
}

extension MediaPlaylist.Part {
    fileprivate init(_ part: Part, run: String) {
        self.init(
            uri: LiveFile(part: part.number, run: run).name,
            duration: part.duration,
            isIndependent: part.startsOnKeyframe
        )
    }
}
