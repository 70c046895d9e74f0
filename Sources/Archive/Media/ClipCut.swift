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
        /// Nil if the first frame shown is a keyframe that the footage begins with.
        var leadIn: LeadIn?
        /// How much later than they are decoded its keyframes are shown, for the sake of B-frames.
        var reordering = Duration.zero

        var start: Timestamp { wallTime(of: from) }
        var end: Timestamp { wallTime(of: to) }
        var duration: Duration { to - from }

        /// The segment that shows the last frame before `media`.
        fileprivate func segment(endingAt media: Duration) -> FrozenSegment {
            segments.first { $0.mediaEnd >= media } ?? segments[segments.endIndex - 1]
        }

        fileprivate func wallTime(of media: Duration) -> Timestamp {
            segment(endingAt: media).wallTime(of: media)
        }

        fileprivate func mediaTime(of moment: Timestamp) -> Duration {
            let newest = segments[segments.endIndex - 1]
            return (segments.first { $0.end >= moment } ?? newest).mediaTime(of: moment)
        }
    }

    /// How far the end may lie from the window's on the wall clock for the sake of an exact length,
    /// where frames follow each other faster.
    private static let tolerance = Duration.milliseconds(40)

    private(set) var pieces: [Piece]

    /// Lays the window on the footage.
    ///
    /// The first frame is the one that is on display at the window's start. Of a clip in one piece the
    /// end is the frame boundary that makes its length the window's, to within half a frame, unless that
    /// lies further than a frame from the window's end on the wall clock: then it is the boundary nearest
    /// to that, and a camera whose clock is fast gives a clip that is longer than the window.
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
            let piece = pieces[index]
            let first = piece.segments[piece.segments.startIndex]
            let asked = first.mediaTime(of: window.start)
            let times = try frameTimes(first)
            let from = times.last { $0 <= asked } ?? first.mediaStart
            let interval = first.duration / max(times.count, 1)
            // The first frame after a pause begins where the pause does, and was taken at its end.
            let pauses = piece.segments.flatMap(\.pauses)
            let pause = pauses.first { $0.start < window.end && window.end < $0.end }
            var wanted = piece.mediaTime(of: pause?.start ?? window.end)
            if pieces.count == 1 && pause == nil && asked >= first.mediaStart {
                // Small differences are the estimates', which may have been slewed in between.
                let whole = from + window.duration
                let error = window.end - piece.wallTime(of: whole)
                if abs(error) <= max(interval, Self.tolerance) { wanted = whole }
            }
            let last = piece.segment(endingAt: wanted)
            let boundaries = try frameTimes(last) + [last.mediaEnd]
            let to = boundaries.min { abs($0 - wanted) < abs($1 - wanted) } ?? last.mediaEnd
            pieces[index].from = from
            pieces[index].to = to
            if from > first.mediaStart {
                pieces[index].leadIn = LeadIn(frames: times.count, interval: interval)
            }
        }
        pieces.removeAll { $0.duration <= .zero }
    }

    /// Takes in how much later than they are decoded the keyframes of the pieces' first segments are shown.
    mutating func setReordering<Failure: Error>(
        _ reordering: (FrozenSegment) throws(Failure) -> Duration
    ) throws(Failure) {
        for index in pieces.indices where pieces[index].leadIn != nil {
            let segments = pieces[index].segments
            pieces[index].reordering = try reordering(segments[segments.startIndex])
        }
    }

    var duration: Duration { pieces.reduce(.zero) { $0 + $1.duration } }
}

private func abs(_ interval: Duration) -> Duration {
    interval < .zero ? .zero - interval : interval
}
