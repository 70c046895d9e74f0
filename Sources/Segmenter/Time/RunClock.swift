import Glibc

/// Estimates when a run's frames were taken, in steady time, from when they arrived.
///
/// A pure value, fed with frames' media times and the moments of their arrival. Delay only ever adds: the
/// line under all these moments is the honest one. Its slope is an edge of their convex hull (Moon, Skelly,
/// Towsley: "Estimation and removal of clock skew from network delay measurements", INFOCOM 1999), its height
/// that of the lowest recent one. `docs/time.md` has the reasons for the numbers here, and how near they come.
package struct RunClock: Sendable {
    /// Of each stretch of media this long only the frame with the least delay is remembered.
    private static let blockLength = 2.0
    /// The slope is taken from this much media.
    private static let slopeMemory = 300.0
    /// The height from so many of the newest stretches. What waited in a queue is none: after a long one the line
    /// is still that from before.
    private static let heightMemory = 25
    /// With less media than this a slope would be delay rather than drift…
    private static let shortestSlope = 8.0
    /// … and with less than this it may be a queue that grows or empties.
    private static let provenSlope = 120.0
    private static let longestQueue = 60.0
    private static let greatestRate = 0.02
    /// The output nears the line by at most this share of the time that passes…
    private static let slew = 0.1
    /// … or by this one if it is off by more than `leap`; it never steps back.
    private static let swiftSlew = 0.5
    private static let leap = 0.5
    /// Until so much has come, in so much time without the longest wait, no moment is known.
    package static let settling = Duration.seconds(1)
    /// That far from the line, and twice the usual delay, there has been a jump.
    private static let leastJump = 0.05
    /// What comes later than this waited in a queue: it was taken when its timestamps say, and tells nothing
    /// of the line.
    package static let lagging = 0.5
    /// So long the line's beginning is taken to become ever better known.
    private static let beginning = 60.0
    /// The kernel dates changes of files by its tick, at worst every hundredth of a second.
    private static let tick = 0.01

    /// All in seconds since the first observation.
    private struct Point {
        var media: Double
        /// By how much more steady time than media has passed.
        var lag: Double

        var arrival: Double { media + lag }
    }

    /// A moment on both clocks, in seconds since the first observation.
    private struct Anchor {
        var media: Double
        var steady: Double
    }

    /// By how much the moments of arrival may be off.
    var arrivalDoubt = Duration.zero
    private let latency: Duration
    private let isLive: Bool
    private let settling: Double
    /// What comes at once, after a stall and when ffmpeg has probed, is late by more than anybody can tell
    /// before it is over.
    private var longestWait = 0.0
    private var newestArrival = 0.0
    private var firstMedia = Duration.zero
    private var firstSteady = SteadyTime(microseconds: 0)
    private var lows: [Point] = []
    /// The line: the lag is `height + rate * media`.
    private var rate = 0.0
    private var height = 0.0
    /// How far the recent lows lie above the line, on average.
    private var usualDelay = 0.0
    private var pace = PaceCheck()
    /// The moments that it tells are good: before, the next observation may move them back by seconds.
    private(set) package var isSettled = false
    /// The lag with which the run began, as far as the line tells.
    private var firstLag = 0.0
    /// There is a queue somewhere, or was until now; and the last frame that lagged.
    private var isQueued = false
    private var newestLag = 0.0
    /// How late the newest frame was, by the line.
    private var newestDelay = 0.0
    /// How early it was, before the line was laid below it.
    private var newestLead = 0.0
    /// The newest frames; of those that came at once only the last, which alone was punctual.
    private var recent: [Point] = []
    private static let mostRecent = 32
    /// How many frames the line has been laid under…
    private var sample = 0
    /// … or so few after a jump, when only one is: then it is as late as any may be, at most.
    private static let doubtfulSample = 14
    /// What the output goes through: the newest observation, and the one before.
    private var newest: Anchor?
    private var previous: Anchor?

    /// - Parameters:
    ///   - latency: what the camera takes from lens to network: all moments are earlier by it.
    ///   - isLive: the source sets its own pace: what is late waited, and what runs fast or slow is wrong. Else
    ///     ffmpeg paces it, and what is late was made late.
    ///   - settling: how much must have come before the clock is settled.
    package init(
        latency: Duration = .zero,
        isLive: Bool = true,
        settling: Duration = Self.settling
    ) {
        self.latency = latency
        self.isLive = isLive
        self.settling = settling.seconds
    }

    /// Takes in that the frame shown at `media` arrived at `arrived`, or perhaps earlier.
    package mutating func observe(media: Duration, arrived: SteadyTime) {
        if newest == nil { (firstMedia, firstSteady) = (media, arrived) }
        let media = (media - firstMedia).seconds
        let steady = (arrived - firstSteady).seconds
        let point = Point(media: media, lag: steady - media)
        if isLive { pace.add(media: media, arrival: steady) }
        // Before the line is laid below it.
        newestLead = isSettled ? max(0, -delay(point)) : 0
        if !isSettled || !isLive || !comesFromQueue(point) {
            sample += 1
            remember(point)
            fitLine(at: media)
        }
        newestDelay = delay(point)
        addRecent(point)
        if media.magnitude < Self.beginning { firstLag = height }
        move(to: media, arrivedAt: steady)
        longestWait = max(longestWait, steady - newestArrival)
        newestArrival = steady
        // From here on it slews: what came before is laid along the line as it is now.
        if min(media.magnitude, steady - longestWait) >= settling,
            settling == 0 || !isLive || !pace.isDoubtful
        {
            isSettled = true
        }
    }

    /// The steady-time moment of a media time near the last one observed, or nil before the first.
    package func steadyTime(of media: Duration) -> SteadyTime? {
        guard let newest else { return nil }
        let media = (media - firstMedia).seconds
        var anchor = newest
        var pace = 1 + rate
        if let previous, media < newest.media {
            if media > previous.media {
                pace = (newest.steady - previous.steady) / (newest.media - previous.media)
            } else {
                anchor = previous
            }
        }
        let steady = anchor.steady + (media - anchor.media) * pace
        return firstSteady + .microseconds(Int64((steady * 1_000_000).rounded())) - latency
    }

    /// How much faster than the world the media clock runs, if that is beyond what a clock's drift can be.
    package var wrongPace: Double? { pace.wrongPace }

    /// The newest frame came from the future, by this much: the media clock has jumped ahead, or runs fast.
    package var leadOverTime: Duration { .seconds(newestLead) }

    /// How far the newest frame lay behind when it arrived, beyond what is usual; zero if it did not.
    package var lag: Duration {
        isLive && isSettled && newestDelay >= Self.lagging ? .seconds(newestDelay) : .zero
    }

    /// By how much, at most, its moments may be off, either way: the sum of what is not known.
    package var accuracy: Duration {
        guard let newest, let first = lows.first, let last = lows.last else { return .zero }
        let span = newest.media - first.media
        let slope = span < Self.shortestSlope ? Self.greatestRate : abs(rate)
        let drift =
            last.media - first.media < Self.provenSlope
            ? slope * min(max(0, span), Self.longestQueue) : 0
        let slewing = abs(newest.media + lag(at: newest.media) - newest.steady)
        return arrivalDoubt
            + .seconds(
                Self.tick + 1.1
                    * (2 * usualDelay + 2 * bend + unpunctuality + drift + slewing + queue)
            )
    }

    /// How late even the most punctual frame may have been. Of so many delays, spread evenly, the least is less
    /// than this in all but one of ten thousand cases.
    private var unpunctuality: Double {
        let spread = min(recent.map(delay).max() ?? 0, Self.lagging)
        return spread * min(exp(9.2 / Double(max(1, sample - 1))) - 1, 10)
    }

    /// How far what is remembered strays from the line: below it all that is recent, or its oldest part from either
    /// side. Then not the camera's clock runs on or off, but a queue slowly fills or empties.
    private var bend: Double {
        let heights = lows.map { $0.lag - rate * $0.media }
        guard let lowest = heights.min(), let oldest = heights.prefix(Self.heightMemory).min()
        else { return 0 }
        return max(height - lowest, abs(oldest - height))
    }

    /// How late all that came in the last two seconds was: that may have been a queue, or the camera's clock.
    private var queue: Double {
        guard let end = recent.last?.arrival else { return 0 }
        return max(0, recent.reversed().prefix { end - $0.arrival <= 2 }.map(delay).min() ?? 0)
    }

    private func delay(_ point: Point) -> Double { point.lag - lag(at: point.media) }

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

    /// Whether a frame has waited in a queue: then nothing is evidence until that is empty. A line that falls too
    /// steeply must not make all that comes seem late: no frame is that is as punctual as the recent ones.
    private mutating func comesFromQueue(_ point: Point) -> Bool {
        let lowest = lows.suffix(Self.heightMemory).map(\.lag).min() ?? point.lag
        let delay = point.lag - max(lowest, lag(at: point.media))
        if delay >= Self.lagging {
            (isQueued, newestLag) = (true, point.media)
        } else if delay < Self.leastJump || abs(point.media - newestLag) > Self.longestQueue {
            isQueued = false
        }
        return isQueued
    }

    private mutating func addRecent(_ point: Point) {
        if let last = recent.last, PaceCheck.isAtOnce(last.arrival, point.arrival) {
            recent.removeLast()
        }
        recent.append(point)
        if recent.count > Self.mostRecent { recent.removeFirst() }
    }

    private mutating func remember(_ point: Point) {
        // Delay cannot be negative: the media clock has jumped ahead, or all before was late. What was
        // as low as this stays, as between two stalls. Of what a run begins with nothing else is worth
        // remembering: from it to the rest a slope would lead that is none.
        if !isSettled || point.lag < lag(at: point.media) - Self.leastJump - 2 * usualDelay {
            lows.removeAll { $0.lag > point.lag }
            if isSettled { sample = min(sample, Self.doubtfulSample) }
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
        let older = max(0, lows.count - Self.heightMemory)
        let heights = lows[older...].map { $0.lag - rate * $0.media }
        height = heights.min()!
        usualDelay = heights.reduce(0, +) / Double(heights.count) - height
        // All that is recent came later than what was before: a longer way, or a jump back.
        if lag(at: media) - expected > Self.leastJump + 2 * usualDelay { lows.removeFirst(older) }
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

    /// Moves the output to a frame: towards the line, never back, and never to after its arrival.
    private mutating func move(to media: Double, arrivedAt arrival: Double) {
        let aim = Anchor(media: media, steady: media + lag(at: media))
        guard let last = newest, isSettled else {
            newest = aim
            return
        }
        // The same frame again, or one before it.
        guard media > last.media else { return }
        let passed = media - last.media
        let error = aim.steady - (last.steady + passed * (1 + rate))
        let share = abs(error) > Self.leap ? Self.swiftSlew : Self.slew
        let most = share * passed
        var reached = aim
        reached.steady -= error - min(max(error, -most), most)
        reached.steady = max(last.steady, min(reached.steady, arrival))
        (previous, newest) = (last, reached)
    }
}
