import Segmenter

extension MediaPlaylist {
    /// The playlist of a clip: its whole segments, to be begun at the moment that was asked for.
    ///
    /// What a playlist has once said must not change (RFC 8216 §6.2.1). So until the clip is complete, a
    /// segment that is still growing is not in it, nor what follows one that is longer than promised.
    package init(of segments: [FrozenSegment], window: ClipWindow, isComplete: Bool) {
        let closed = segments.filter { !$0.isOpen }
        let promised = Self.promisedTarget(after: closed.first)
        let segments =
            isComplete
            ? segments : Array(closed.prefix { $0.duration <= .seconds(promised) })
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
        self.init(
            kind: isComplete ? .vod : .event,
            entries: entries,
            targetDuration: max(promised, Self.targetDuration(of: entries.map(\.duration)))
        )
        independentSegments = segments.allSatisfy(\.startsOnKeyframe)
        if let first = segments.first, window.start > first.start {
            startOffset = window.start - first.start
        }
    }

    /// The target duration of a clip whose first segment is this one. Rather more than its segments will need:
    /// who plays a clip begins at its beginning, and only asks less often for more of it.
    private static func promisedTarget(after first: FrozenSegment?) -> Int {
        max(5, targetDuration(of: [(first?.duration ?? .zero) * 2]))
    }
}
