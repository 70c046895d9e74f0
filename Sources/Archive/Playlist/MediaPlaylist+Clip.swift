import Segmenter

extension MediaPlaylist {
    /// The playlist of a clip: its whole segments, to be begun at the moment that was asked for.
    ///
    /// Until the clip is complete, a segment that is still growing is not in it: what a playlist has once
    /// listed must not change (RFC 8216 §6.2.1).
    package init(of segments: [FrozenSegment], window: ClipWindow, isComplete: Bool) {
        let segments = isComplete ? segments : segments.filter { !$0.isOpen }
        var previous: FrozenSegment?
        let entries = segments.map { segment in
            defer { previous = segment }
            return Entry(
                uri: segment.file,
                duration: segment.duration,
                start: segment.start,
                initURI: segment.initFile,
                isDiscontinuous: previous.map { !$0.isFollowed(by: segment) } ?? false
            )
        }
        self.init(kind: isComplete ? .vod : .event, entries: entries)
        independentSegments = segments.allSatisfy(\.startsOnKeyframe)
        if let first = segments.first, window.start > first.start {
            startOffset = window.start - first.start
        }
    }
}
