import CLinux
import Synchronization

/// Steady time, and the wall clock beside it.
///
/// *Steady time* is a `Timestamp` too: the monotonic clock, set to UTC once, when the program starts. It
/// never steps; where NTP slews the system's clock it follows. *Wall time* is steady time plus a shift,
/// which changes only when somebody or something sets the system's clock.
package final class SystemClock: Sendable {
    /// Differences up to this are not taken for a step.
    private static let tolerance = Duration.milliseconds(100)

    /// Two clocks that are read within this time of each other were read at once.
    private static let quick = Duration.milliseconds(1)

    /// A reading of both clocks at the same moment.
    private struct Reading {
        let steady: Timestamp
        let wall: Timestamp

        /// By how much the wall clock is ahead.
        var difference: Duration { wall - steady }
    }

    private struct State {
        var newest: Reading
        var shift = Duration.zero
        /// The readings between which the clock was last set, and the shift before.
        var step: (before: Reading, after: Reading)?
    }

    private let monotonic: @Sendable () -> Duration
    private let realTime: @Sendable () -> Timestamp
    private let onStep: @Sendable (Duration) -> Void
    private let birth: (monotonic: Duration, wall: Timestamp)
    private let state: Mutex<State>

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
        state = Mutex(State(newest: Reading(steady: birth.wall, wall: birth.wall)))
    }

    /// The present moment in steady time.
    package var now: Timestamp { birth.wall + (monotonic() - birth.monotonic) }

    /// What is to be added to steady time to have wall time. Notices when the clock has been set.
    package var shift: Duration { look().shift }

    /// The steady-time moment of a file's change, which the kernel noted on the wall clock.
    ///
    /// Holds too when the clock has been set between the change and this call.
    package func steadyTime(ofChange change: Timestamp) -> Timestamp {
        let state = look()
        let present = change - state.newest.difference
        guard let step = state.step else { return min(present, state.newest.steady) }
        // Noted since the step, which came after the reading before it; or until the step, which came
        // before the reading after it. Where both are possible the later is taken: a part that seems
        // late does no harm.
        let earlier = change - step.before.difference
        var possible: [Timestamp] = []
        if present >= step.before.steady && present <= state.newest.steady {
            possible.append(present)
        }
        if earlier <= step.after.steady { possible.append(earlier) }
        return possible.max() ?? state.newest.steady
    }

    private func look() -> State {
        let (state, step) = state.withLock { state in
            let reading = read()
            let difference = reading.difference
            var step: Duration?
            if (difference - state.shift).magnitude > Self.tolerance {
                step = difference - state.shift
                state.shift = difference
                state.step = (state.newest, reading)
            }
            state.newest = reading
            return (state, step)
        }
        if let step { onStep(step) }
        return state
    }

    /// Reads both clocks, again if something came in between.
    private func read() -> Reading {
        var reading = Reading(steady: now, wall: realTime())
        for _ in 0..<3 where now - reading.steady > Self.quick {
            reading = Reading(steady: now, wall: realTime())
        }
        return reading
    }
}

extension Duration {
    fileprivate var magnitude: Duration { self < .zero ? .zero - self : self }
}
