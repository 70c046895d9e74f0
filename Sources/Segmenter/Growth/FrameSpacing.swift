/// Knows how far a run's frames usually lie apart, and finds the pauses between them.
struct FrameSpacing {
    private static let memory = 16
    private static let shortestPause = Duration.seconds(1)
    /// In the dark many cameras send fewer frames: so many intervals are no pause yet.
    private static let patience = 5

    /// Frames that lie closer than this share of the usual distance, so many in a row, have lost their own moments.
    private static let squeeze = 0.125
    private static let squeezedCount = 4

    private var recent: [Duration] = []
    private var last: FragmentTiming.Frame?
    /// The median distance between the newest frames; nil before the third.
    private(set) var usual: Duration?

    /// The longest of the newest distances.
    var longest: Duration { recent.max() ?? .zero }

    /// Whether a fragment's frames follow each other so closely that ffmpeg must have moved them: where timestamps
    /// go back, it puts each frame a tick after the one before.
    func areSqueezed(_ frames: [FragmentTiming.Frame]) -> Bool {
        guard let usual else { return false }
        var count = 0
        for (frame, next) in zip(frames, frames.dropFirst()) {
            count = next.decoded - frame.decoded < usual * Self.squeeze ? count + 1 : 0
            if count == Self.squeezedCount { return true }
        }
        return false
    }

    /// By how much frames have come faster than usual in the last two seconds: so late the first of them was, if
    /// their stamps are the moments of their arrival.
    var backlog: Duration {
        guard let usual else { return .zero }
        var (start, span) = (recent.endIndex, Duration.zero)
        while start > 0, span + recent[start - 1] <= .seconds(2) {
            start -= 1
            span += recent[start]
        }
        var (backlog, longest) = (Duration.zero, Duration.zero)
        for distance in recent[start...] {
            backlog = max(.zero, backlog + usual - distance)
            longest = max(longest, backlog)
        }
        return longest
    }

    /// Takes in the next frames, in the order of decoding.
    ///
    /// - Returns: when the camera took nothing, on the media clock: from a frame's usual end to the next one.
    mutating func add(_ frames: [FragmentTiming.Frame]) -> [Range<Duration>] {
        var pauses: [Range<Duration>] = []
        for frame in frames {
            if let last {
                let distance = frame.decoded - last.decoded
                if let usual, distance > max(Self.shortestPause, usual * Self.patience) {
                    pauses.append(last.shown + usual..<max(last.shown + usual, frame.shown))
                }
                recent.append(distance)
            }
            last = frame
        }
        recent.removeFirst(max(0, recent.count - Self.memory))
        if recent.count >= 2 { usual = recent.sorted()[recent.count / 2] }
        return pauses
    }
}
