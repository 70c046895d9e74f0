/// Says when a run has been silent for too long: ffmpeg can live on and write nothing.
struct Watchdog {
    enum Verdict: Hashable {
        case fine
        /// In plain words.
        case stalled(String)
        case hopeless(String)
    }

    private static let notice = Duration.seconds(5)
    private static let limit = Duration.seconds(10)
    /// The limit before the first part. From a source that sends nothing at all ffmpeg parts by itself; one
    /// with a frame in five seconds may take so long to its first keyframe.
    private static let startLimit = Duration.seconds(60)
    /// Some cameras send a frame only now and then: so many of their intervals are no silence.
    private static let patience = 5
    /// What comes so soon after a part is of the same burst.
    private static let shortestBreak = Duration.seconds(1)
    /// So many breaks tell how far bursts are apart; before, and at most, it is this.
    private static let tellingBreaks = 3
    private static let longestBreak = Duration.seconds(20)

    private let started: ContinuousClock.Instant
    private var newest: ContinuousClock.Instant?
    private var comesInBursts = false
    /// The newest times from one burst to the next.
    private var breaks: [Duration] = []

    init(started: ContinuousClock.Instant) {
        self.started = started
    }

    /// Takes in that the source comes by whole segments, as HLS does, of a length that ffmpeg doesn't tell.
    mutating func expectBursts() { comesInBursts = true }

    /// Takes in that a part has come.
    mutating func feed(at now: ContinuousClock.Instant) {
        if let newest, now - newest > Self.shortestBreak {
            breaks = breaks.suffix(Self.tellingBreaks - 1) + [now - newest]
        }
        newest = now
    }

    /// - Parameter usualInterval: the distance between the camera's frames, as far as it is known.
    func verdict(at now: ContinuousClock.Instant, usualInterval: Duration?) -> Verdict {
        let frames = (usualInterval ?? .zero) * Self.patience
        let silence = now - (newest ?? started)
        guard newest != nil else {
            let seconds = Int(Self.startLimit.seconds)
            return silence > Self.startLimit
                ? .hopeless("nothing could be recorded for \(seconds) s: starting it again") : .fine
        }
        let limit = max(Self.limit, frames, comesInBursts ? burst * 3 : .zero)
        if silence > limit {
            return .hopeless("no video for \(Int(limit.seconds)) s: starting it again")
        }
        let notice = max(Self.notice, frames, comesInBursts ? burst * 3 / 2 : .zero)
        return silence > notice ? .stalled("no video for \(Int(notice.seconds)) s") : .fine
    }

    /// How far bursts are apart.
    private var burst: Duration {
        guard breaks.count == Self.tellingBreaks, let longest = breaks.max() else {
            return Self.longestBreak
        }
        return min(longest, Self.longestBreak)
    }
}
