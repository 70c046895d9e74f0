/// How long to wait before the next attempt: doubling from half a second to thirty, with jitter.
package struct Backoff: Sendable {
    private static let shortest = Duration.milliseconds(500)
    private static let longest = Duration.seconds(30)
    /// A run that lived this long counts as healthy: the next wait is the shortest again.
    private static let healthy = Duration.seconds(60)

    private var failures = 0

    package init() {}

    /// The wait after an attempt that lived for `lifetime`.
    ///
    /// - Parameter jitter: 0 ..< 1, drawn anew each time, so that many cameras behind one switch don't
    ///   all come back in the same instant. The wait is between half of its nominal length and all.
    package mutating func next(afterLiving lifetime: Duration, jitter: Double) -> Duration {
        if lifetime >= Self.healthy { failures = 0 }
        let nominal = min(Self.shortest * (1 << min(failures, 10)), Self.longest)
        failures += 1
        return nominal * (0.5 + jitter / 2)
    }
}
