/// Tells a media clock that runs at a wrong pace from one that merely drifts, and from delay.
///
/// Cameras exist whose timestamps go 1.4, 2 or 10 times too fast, or count milliseconds where they say ticks of
/// 90 kHz. Delay cannot make a clock seem fast, but for what it had held up before; it can make it seem slow
/// while it grows. So only a run that has been slow since it began is said to be: any other one lags.
struct PaceCheck: Sendable {
    /// More than a clock's drift (2 %), and what network delay may add or take within the time looked at, in
    /// seconds.
    private static let drift = 0.02
    private static let jitter = 0.35
    /// What a run begins with comes in a burst.
    private static let burst = 0.5
    private static let atOnce = 0.05
    /// A verdict wants so much of arrival; a slow clock more, since a machine that is short of time looks
    /// alike.
    private static let shortest = 3.0
    private static let shortestSlow = 6.0
    private static let memory = 40.0
    /// So long at the right pace it is known to be right.
    private static let confirmation = 20.0
    /// After this long a doubt is no reason to wait any more.
    private static let patience = 12.0

    private var points: [(media: Double, arrival: Double)] = []
    /// They reach back to the run's beginning.
    private var isWhole = true
    private var firstArrival: Double?
    private(set) var isConfirmed = false
    /// Seconds of media for each second of the world.
    private(set) var wrongPace: Double?

    /// Takes in that the frame of a media time has arrived; both in seconds, since any moment.
    mutating func add(media: Double, arrival: Double) {
        guard !isConfirmed, wrongPace == nil else { return }
        let first = firstArrival ?? arrival
        firstArrival = first
        guard arrival - first >= Self.burst else { return }
        // Of what comes at once only the last was punctual.
        if let last = points.last, Self.isAtOnce(last.arrival, arrival) { points.removeLast() }
        points.append((media, arrival))
        while let oldest = points.first, arrival - oldest.arrival > Self.memory {
            points.removeFirst()
            isWhole = false
        }
        judge()
    }

    /// Whether two arrivals count as one, lying in the same of time's short stretches: of a burst only the last is
    /// punctual.
    static func isAtOnce(_ arrival: Double, _ next: Double) -> Bool {
        (arrival / atOnce).rounded(.down) == (next / atOnce).rounded(.down)
    }

    /// Whether the pace seems wrong, without being so for sure.
    var isDoubtful: Bool {
        guard !isConfirmed else { return false }
        guard let first = points.first, let last = points.last else { return true }
        guard last.arrival - (firstArrival ?? 0) < Self.patience else { return false }
        let span = last.arrival - first.arrival
        guard span > 0.5 else { return true }
        return abs((last.media - first.media) / span - 1) > Self.drift + 0.15 / min(span, 1)
    }

    private mutating func judge() {
        guard let first = points.first, let last = points.last, points.count >= 3 else { return }
        let span = last.arrival - first.arrival
        guard span >= Self.shortest else { return }
        let middle = points.min {
            abs($0.arrival - first.arrival - span / 2) < abs($1.arrival - first.arrival - span / 2)
        }!
        let slack = Self.drift + Self.jitter / span
        let pace = Self.pace(from: first, to: last)
        if abs(pace - 1) <= slack {
            isConfirmed = span >= Self.confirmation
            return
        }
        if pace > 1 {
            // Both halves must say so: a burst is in one of them alone.
            let halves = [Self.pace(from: first, to: middle), Self.pace(from: middle, to: last)]
            if halves.allSatisfy({ $0 - 1 > (pace - 1) / 2 }) { wrongPace = pace }
        } else if isWhole, span >= (pace < 0.3 ? Self.shortest : Self.shortestSlow),
            longestWait < span * 0.4
        {
            // So it must have been since the run began: what a queue delays was punctual before.
            let isStraight = points.allSatisfy {
                $0.media - first.media <= ($0.arrival - first.arrival) * pace + Self.jitter
            }
            if isStraight { wrongPace = pace }
        }
    }

    private var longestWait: Double {
        zip(points, points.dropFirst()).map { $1.arrival - $0.arrival }.max() ?? 0
    }

    private static func pace(
        from start: (media: Double, arrival: Double),
        to end: (media: Double, arrival: Double)
    ) -> Double {
        end.arrival > start.arrival
            ? (end.media - start.media) / (end.arrival - start.arrival) : 1
    }
}
