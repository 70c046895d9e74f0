import Archive
import Segmenter

extension MediaPlaylist {
    /// A whole ring as a live playlist, its newest end in parts.
    ///
    /// It is never said to be of independent segments: some may have to be listed in pieces.
    init(live contents: Ring.Contents, listing: LiveListing) {
        let edge = contents.edge
        let segments = contents.held
        let parts = Dictionary(
            uniqueKeysWithValues: edge.newest.map { ($0.segment.sequence, $0.parts) }
        )
        var previous: Segment?
        let entries = segments.flatMap { segment in
            defer { previous = segment }
            return Self.entries(
                of: segment,
                in: listing,
                parts: parts[segment.sequence, default: []],
                isDiscontinuous: previous.map { !$0.isFollowed(by: segment) } ?? false
            )
        }
        self.init(
            kind: .live,
            entries: entries,
            targetDuration: listing.promises.targetDuration
        )
        mediaSequence = segments.first.map { listing.number(of: $0.sequence) } ?? 0
        discontinuitySequence = contents.discontinuities
        independentSegments = false
        let isInParts = listing.tip(of: edge).map { $0.isInParts || !$0.isOpen } ?? false
        lowLatency = LowLatency(
            partTarget: listing.promises.partTarget,
            hint: isInParts
                ? edge.nextPart.flatMap { number in
                    edge.run.map { LiveFile(part: number, run: $0).name }
                } : nil
        )
    }

    /// - Parameter parts: those that shall be listed.
    private static func entries(
        of segment: Segment,
        in listing: LiveListing,
        parts: [Segmenter.Part],
        isDiscontinuous: Bool
    ) -> [Entry] {
        let run = segment.run.id
        let limit = Duration.seconds(listing.promises.targetDuration)
        guard let pieces = listing.pieces(of: segment), pieces.count > 1 || segment.isOpen else {
            let isInParts = listing.pieces(of: segment)?[0].isInParts ?? true
            return [
                Entry(
                    uri: LiveFile(segment).name,
                    duration: min(segment.duration, limit),
                    start: segment.start,
                    initURI: LiveFile(initOf: segment.run).name,
                    isDiscontinuous: isDiscontinuous,
                    parts: isInParts ? parts.map { Part($0, run: run) } : [],
                    isOpen: segment.isOpen
                )
            ]
        }
        var rest = segment.duration
        return pieces.enumerated().compactMap { index, piece in
            let isLast = index == pieces.count - 1
            let isOpen = segment.isOpen && isLast
            if isOpen && !piece.isInParts { return nil }
            // Of the last frame's duration the parts know no more than a promise.
            let duration = isLast && !segment.isOpen ? max(rest, piece.duration) : piece.duration
            rest -= piece.duration
            return Entry(
                uri: LiveFile(piece, run: run).name,
                duration: min(duration, limit),
                // Where a picture can begin: what has no keyframe at its beginning says no moment.
                start: index == 0 ? segment.start : nil,
                initURI: LiveFile(initOf: segment.run).name,
                isDiscontinuous: index == 0 && isDiscontinuous,
                parts: piece.isInParts && !parts.isEmpty
                    ? piece.parts.map { Part($0, run: run) } : [],
                isOpen: isOpen
            )
        }
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
