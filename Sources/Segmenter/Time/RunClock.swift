/// Where one run's media clock stands in steady time (`SystemClock`).
///
/// A part is closed by the arrival of the frame after it, so the moment at which it closes follows the
/// end of its last frame by one frame interval and whatever delayed it on the way. Delay only ever adds:
/// the line under all these moments is the honest one. Its slope is an edge of their convex hull (Moon,
/// Skelly, Towsley: "Estimation and removal of clock skew from network delay measurements", 1999), its
/// height that of the lowest recent one. `docs/time.md` has the reasons for the numbers here, and how
/// near they come.
package struct RunClock: Sendable {
    /// Of each stretch of media this long only the part with the least delay is remembered.
    private static let blockLength = 2.0
    /// The slope is taken from this much media, the height from the newest of it.
    private static let slopeMemory = 300.0
    private static let heightMemory = 50.0
    /// With less media than this a slope would be delay rather than drift.
    private static let shortestSlope = 8.0
    private static let greatestRate = 0.02
    /// The output nears the line by at most this share of the time that passes…
    private static let slew = 0.1
    /// … but leaps an error this large, though never to before what it has said.
    private static let leap = 0.5
    /// Until so much has come, in so much time without the longest wait, no moment is known.
    package static let settling = Duration.seconds(1)
    /// That far from the line, and twice the usual delay, there has been a jump.
    private static let leastJump = 0.05
    /// So long the line's beginning is taken to become ever better known.
    private static let beginning = 60.0

    /// All in seconds since the first observation.
    private struct Point {
        var media: Double
        /// By how much more steady time than media has passed.
        var lag: Double
    }

    /// A moment on both clocks, in seconds since the first observation.
    private struct Anchor {
        var media: Double
        var steady: Double
    }

    private let latency: Duration
    private let settling: Double
    /// What comes at once, after a stall and when ffmpeg has probed, is late by more than anybody can tell
    /// before it is over.
    private var longestWait = 0.0
    private var newestArrival = 0.0
    private var firstMedia = Duration.zero
    private var firstSteady = Timestamp(microseconds: 0)
    private var lows: [Point] = []
    /// The line: the lag is `height + rate * media`.
    private var rate = 0.0
    private var height = 0.0
    /// How far the recent lows lie above the line, on average.
    private var usualDelay = 0.0
    /// The moments that it tells are good: before, the next observation may move them back by seconds.
    private(set) var isSettled = false
    /// The lag with which the run began, as far as the line tells.
    private var firstLag = 0.0
    /// What the output goes through: the newest observation, and the one before.
    private var newest: Anchor?
    private var previous: Anchor?
    private var hasLeapt = false

    /// - Parameters:
    ///   - latency: what the camera takes from lens to network: all moments are earlier by it.
    ///   - settling: how much must have come before the clock is settled.
    package init(latency: Duration = .zero, settling: Duration = Self.settling) {
        self.latency = latency
        self.settling = settling.seconds
    }

    /// Takes in that the part whose media ends at `mediaEnd` was closed at `closed`, in steady time.
    package mutating func observe(
        mediaEnd: Duration,
        closed: Timestamp,
        frameInterval: Duration
    ) {
        let arrived = closed - frameInterval
        if newest == nil { (firstMedia, firstSteady) = (mediaEnd, arrived) }
        let media = (mediaEnd - firstMedia).seconds
        let steady = (arrived - firstSteady).seconds
        remember(Point(media: media, lag: steady - media))
        fitLine(at: media)
        if media.magnitude < Self.beginning { firstLag = height }
        move(to: media)
        longestWait = max(longestWait, steady - newestArrival)
        newestArrival = steady
        // From here on it slews: what came before is laid along the line as it is now.
        if min(media.magnitude, steady - longestWait) >= settling { isSettled = true }
    }

    /// The steady-time moment of a media time near the last one observed, or nil before the first.
    package func wallTime(of media: Duration) -> Timestamp? {
        guard let newest else { return nil }
        let media = (media - firstMedia).seconds
        var steady = newest.steady + (media - newest.media) * (1 + rate)
        if let previous, hasLeapt {
            steady = max(steady, previous.steady)
        } else if let previous, media < newest.media {
            let pace = (newest.steady - previous.steady) / (newest.media - previous.media)
            steady = newest.steady + (media - newest.media) * pace
        }
        return firstSteady + .microseconds(Int64((steady * 1_000_000).rounded())) - latency
    }

    /// How the camera's clock goes; nil until it is settled.
    package var figures: ClockFigures? {
        guard let newest, isSettled, let first = lows.first, let last = lows.last else {
            return nil
        }
        let span = last.media - first.media
        let isKnown = span >= 60 && usualDelay < span * 2e-4
        return ClockFigures(
            offset: firstLag - lag(at: newest.media),
            drift: isKnown ? (1 / (1 + rate) - 1) * 1_000_000 : nil
        )
    }

    private func lag(at media: Double) -> Double { height + rate * media }

    // MARK: - The line

    private mutating func remember(_ point: Point) {
        // Delay cannot be negative: the media clock has jumped ahead, or all before was late. What was
        // as low as this stays, as between two stalls. Of what a run begins with nothing else is worth
        // remembering: from it to the rest a slope would lead that is none.
        if !isSettled || point.lag < lag(at: point.media) - Self.leastJump - 2 * usualDelay {
            lows.removeAll { $0.lag > point.lag }
        }
        // The media clock has jumped back.
        while let last = lows.last, last.media >= point.media { lows.removeLast() }
        func block(_ point: Point) -> Double { (point.media / Self.blockLength).rounded(.down) }
        guard let last = lows.last, block(last) == block(point) else {
            lows.append(point)
            while point.media - lows[0].media > Self.slopeMemory { lows.removeFirst() }
            return
        }
        if point.lag - last.lag <= rate * (point.media - last.media) {
            lows[lows.count - 1] = point
        }
    }

    private mutating func fitLine(at media: Double) {
        let expected = lag(at: media)
        if media - lows[0].media >= Self.shortestSlope, let slope = hullSlope() {
            rate = min(max(slope, -Self.greatestRate), Self.greatestRate)
        }
        let recent = lows.firstIndex { media - $0.media <= Self.heightMemory } ?? lows.count - 1
        let heights = lows[recent...].map { $0.lag - rate * $0.media }
        height = heights.min()!
        usualDelay = heights.reduce(0, +) / Double(heights.count) - height
        // All that is recent came later than what was before: a longer way, or a jump back.
        if lag(at: media) - expected > Self.leastJump + 2 * usualDelay { lows.removeFirst(recent) }
    }

    /// The slope of that edge of the lows' lower convex hull which lies over the middle of their time.
    private func hullSlope() -> Double? {
        func slope(_ from: Point, _ to: Point) -> Double {
            (to.lag - from.lag) / (to.media - from.media)
        }
        var hull: [Point] = []
        for point in lows {
            while hull.count > 1 {
                let (other, end) = (hull[hull.count - 2], hull[hull.count - 1])
                if slope(other, point) > slope(other, end) { break }
                hull.removeLast()
            }
            hull.append(point)
        }
        let middle = (lows[0].media + lows[lows.count - 1].media) / 2
        return zip(hull, hull.dropFirst()).first { $1.media >= middle }.map(slope)
    }

    // MARK: - The output

    private mutating func move(to media: Double) {
        let aim = Anchor(media: media, steady: media + lag(at: media))
        guard let last = newest, isSettled else {
            newest = aim
            return
        }
        let passed = media - last.media
        let error = aim.steady - (last.steady + passed * (1 + rate))
        var reached = aim
        hasLeapt = passed <= 0 || (abs(error) >= Self.leap && aim.steady > last.steady)
        if hasLeapt {
            reached.steady = max(aim.steady, last.steady)
        } else {
            let most = Self.slew * passed
            reached.steady -= error - min(max(error, -most), most)
        }
        (previous, newest) = (last, reached)
    }
}
