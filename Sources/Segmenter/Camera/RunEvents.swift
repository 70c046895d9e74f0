import Synchronization

/// What happens to a run, in the order in which it does, on its way to the camera.
///
/// Lines of the log are bounded: an ffmpeg that complains of every frame must not fill the memory of who is
/// busy. What ends a run is never left out.
final class RunEvents: Sendable {
    enum Event: Sendable {
        case log(String)
        case found(RunIntake.Finding)
        case ended(ExitStatus)
        /// A second has passed and nothing is read yet.
        case tick
    }

    /// So many lines may wait.
    private static let mostLines = 500

    let stream: AsyncStream<Event>
    private let continuation: AsyncStream<Event>.Continuation
    private let waitingLines = Atomic(0)

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    func add(_ event: Event) {
        continuation.yield(event)
    }

    /// Adds a line of the log, unless too many wait.
    func add(line: String) {
        guard waitingLines.load(ordering: .relaxed) < Self.mostLines else { return }
        waitingLines.add(1, ordering: .relaxed)
        continuation.yield(.log(line))
    }

    /// Says that a line was read.
    func finishLine() {
        waitingLines.subtract(1, ordering: .relaxed)
    }
}
