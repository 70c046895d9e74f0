import CLinux
import Synchronization

/// Steady time, and the wall clock beside it.
///
/// *Steady time* is the monotonic clock, set to UTC once, when the program starts. It never steps; where NTP
/// slews the system's clock it follows. *Wall time* is steady time plus a shift, which changes only when
/// somebody or something sets the system's clock.
package final class SystemClock: Sendable {
    /// Differences up to this are not taken for a step.
    private static let tolerance = Duration.milliseconds(100)

    /// Two clocks that are read within this time of each other were read at once.
    private static let quick = Duration.milliseconds(1)

    private let monotonic: @Sendable () -> Duration
    private let realTime: @Sendable () -> Timestamp
    private let onStep: @Sendable (Duration) -> Void
    private let birth: (monotonic: Duration, wall: Timestamp)
    private let knownShift = Mutex(Duration.zero)

    /// - Parameters:
    ///   - monotonic: the time since some moment, never stepping (`CLOCK_MONOTONIC`).
    ///   - realTime: the system's wall clock (`CLOCK_REALTIME`).
    ///   - onStep: told by how much the clock was set forward (or back, if negative), from whatever
    ///     thread notices.
    package init(
        monotonic: @escaping @Sendable () -> Duration = { .microseconds(clinux_monotonic()) },
        realTime: @escaping @Sendable () -> Timestamp = Timestamp.now,
        onStep: @escaping @Sendable (Duration) -> Void = { _ in }
    ) {
        self.monotonic = monotonic
        self.realTime = realTime
        self.onStep = onStep
        var birth = (monotonic: monotonic(), wall: realTime())
        for _ in 0..<3 where monotonic() - birth.monotonic > Self.quick {
            birth = (monotonic(), realTime())
        }
        self.birth = birth
    }

    /// The present moment in steady time.
    package var now: SteadyTime {
        SteadyTime(microseconds: birth.wall.microseconds) + (monotonic() - birth.monotonic)
    }

    /// What is to be added to steady time to have wall time. Notices when the clock has been set.
    package var shift: Duration {
        let present = difference
        let (shift, step) = knownShift.withLock { known -> (Duration, Duration?) in
            guard (present - known).magnitude > Self.tolerance else { return (known, nil) }
            defer { known = present }
            return (present, present - known)
        }
        if let step { onStep(step) }
        return shift
    }

    /// By how much the wall clock is ahead of steady time at this moment; both are read again if something
    /// came in between.
    package var difference: Duration {
        var steady = now
        var wall = realTime()
        for _ in 0..<3 where now - steady > Self.quick {
            steady = now
            wall = realTime()
        }
        return .microseconds(wall.microseconds - steady.microseconds)
    }
}
