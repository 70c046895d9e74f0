import Synchronization

@testable import Segmenter

/// A system clock that a test sets, and lets run.
final class SetClock: Sendable {
    private struct State {
        var monotonic = Duration.seconds(1000)
        var wall: Timestamp
        var steps: [Duration] = []
    }

    private let state: Mutex<State>

    init(startingAt start: Timestamp) {
        state = Mutex(State(wall: start))
    }

    /// What the program knows of it.
    var clock: SystemClock {
        SystemClock(
            monotonic: { self.state.withLock(\.monotonic) },
            realTime: { self.wall },
            onStep: { step in self.state.withLock { $0.steps.append(step) } }
        )
    }

    var wall: Timestamp { state.withLock(\.wall) }

    /// The steps that were told.
    var steps: [Duration] { state.withLock(\.steps) }

    /// Time passes.
    func pass(_ time: Duration) {
        state.withLock { state in
            state.monotonic += time
            state.wall = state.wall + time
        }
    }

    /// Somebody sets the wall clock.
    func set(by step: Duration) {
        state.withLock { $0.wall = $0.wall + step }
    }
}
