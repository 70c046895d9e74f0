import Segmenter

/// Which part of the kept footage becomes the MP4, to the frame.
struct ClipCut: Hashable {
    /// A stretch of one run without a gap.
    struct Piece: Hashable {
        var segments: ArraySlice<FrozenSegment>
        /// The first frame shown, on the run's media clock.
        var from: Duration
        /// The end of the last frame shown.
        var to: Duration

        var start: Timestamp { segments[segments.startIndex].wallTime(of: from) }
        var end: Timestamp { segments[segments.endIndex - 1].wallTime(of: to) }
        var duration: Duration { to - from }
    }

    private(set) var pieces: [Piece]

    /// Lays the window on the footage.
    ///
    /// The first frame is the one that is on display at the window's start. Of a clip in one piece the
    /// end is the frame boundary that makes its length the window's, to within half a frame.
    ///
    /// - Parameter frameTimes: gives a segment's frame times; only that of a piece's first frame and
    ///   that of its last are asked for.
    init<Failure: Error>(
        _ segments: [FrozenSegment],
        window: ClipWindow,
        frameTimes: (FrozenSegment) throws(Failure) -> [Duration]
    ) throws(Failure) {
        pieces = []
        var start = segments.startIndex
        while start < segments.endIndex {
            var end = start + 1
            while end < segments.endIndex && segments[end - 1].isFollowed(by: segments[end]) {
                end += 1
            }
            pieces.append(Piece(segments: segments[start..<end], from: .zero, to: .zero))
            start = end
        }
        for index in pieces.indices {
            let piece = pieces[index].segments
            let (first, newest) = (piece[piece.startIndex], piece[piece.endIndex - 1])
            let asked = first.mediaTime(of: window.start)
            let from = try frameTimes(first).last { $0 <= asked } ?? first.mediaStart
            // By the media clock alone: the wall-clock estimates may have been slewed in between.
            let wanted =
                pieces.count == 1 && asked >= first.mediaStart
                ? from + window.duration : newest.mediaTime(of: window.end)
            let last = piece.first { $0.mediaEnd >= wanted } ?? newest
            let boundaries = try frameTimes(last) + [last.mediaEnd]
            let to = boundaries.min { abs($0 - wanted) < abs($1 - wanted) } ?? last.mediaEnd
            pieces[index].from = from
            pieces[index].to = to
        }
        pieces.removeAll { $0.duration <= .zero }
    }

    var duration: Duration { pieces.reduce(.zero) { $0 + $1.duration } }
}

private func abs(_ interval: Duration) -> Duration {
    interval < .zero ? .zero - interval : interval
}
