import Synchronization

/// Sends events to any number of subscribers, each as an event stream (WHATWG HTML §9.2).
///
/// Nothing is queued for a subscriber: it reads along a history of bounded length. One so slow that
/// what comes next has left the history is cut off; it connects again and is told to start afresh.
package final class EventBroadcaster: Sendable {
    package struct Configuration: Sendable {
        /// How long a stream may be silent before a comment shows that the server is there. A client
        /// that has vanished is found by it, too.
        package var heartbeat = Duration.seconds(15)

        /// How many events a client may miss, or lag behind.
        package var history = 256

        /// After how long a client that lost its stream connects again.
        package var retry = Duration.seconds(2)

        package init() {}
    }

    /// The event by which a client learns that it may have missed some: what it knows is stale.
    package static let reset = "reset"

    /// As many bytes as one subscriber is given at a time, unless a single event has more.
    private static let batch = 64 * 1024

    private enum News {
        case events
        case heartbeat
    }

    private struct State {
        var history: EventHistory
        var waiters: [UInt64: CheckedContinuation<News, Never>] = [:]
        var nextWaiter: UInt64 = 0
        var subscriberCount = 0
        var heart: Task<Void, Never>?
        var isFinished = false
    }

    private let configuration: Configuration
    private let state: Mutex<State>

    package init(_ configuration: Configuration = Configuration()) {
        self.configuration = configuration
        let history = EventHistory(
            limit: configuration.history,
            life: UInt64.random(in: 0...UInt64.max)
        )
        state = Mutex(State(history: history))
    }

    deinit {
        state.withLock { $0.heart?.cancel() }
    }

    /// Streams being sent at this moment.
    package var subscriberCount: Int { state.withLock(\.subscriberCount) }

    /// Sends an event to every subscriber, and keeps it for those who come back; never waits.
    package func publish(_ event: ServerSentEvent) {
        wakeAll(with: .events) { $0.history.append(event) }
    }

    /// Ends every stream, so that a server which drains need not wait for them.
    package func finish() {
        wakeAll(with: .events) { state in
            state.isFinished = true
            state.heart?.cancel()
        }
    }

    /// The answer to a client that wants the events from now on, or after its `Last-Event-ID`.
    ///
    /// A client whose id is too old, or unknown, first gets an event ``reset``. Nobody is subscribed
    /// before the body is sent, so not by HEAD.
    package func respond(to request: Request) -> Response {
        let lastID = request.headers["Last-Event-ID"].flatMap { $0.isEmpty ? nil : $0 }
        return Response(
            status: .ok,
            headers: [
                "Content-Type": "text/event-stream",
                "Cache-Control": "no-store",
                // nginx as a proxy would collect the events before it passes them on.
                "X-Accel-Buffering": "no",
            ],
            body: .stream(length: nil) { writer in try await self.send(to: writer, after: lastID) }
        )
    }

    // MARK: - One subscriber

    private func send(to writer: BodyWriter, after lastID: String?) async throws {
        var (position, opening) = enter(after: lastID)
        defer { state.withLock { $0.subscriberCount -= 1 } }
        try await writer.write(opening)
        while let bytes = try await next(after: &position) { try await writer.write(bytes) }
    }

    /// Counts a subscriber in; answers where it begins and what it is sent first.
    private func enter(after lastID: String?) -> (position: Int, opening: [UInt8]) {
        state.withLock { state in
            state.subscriberCount += 1
            if state.heart == nil, !state.isFinished { state.heart = beating() }
            let retry = configuration.retry
            if let lastID, let position = state.history.position(of: lastID) {
                return (position, ServerSentEvent.opening(retry: retry, id: lastID))
            }
            let id = state.history.id
            var opening = ServerSentEvent.opening(retry: retry, id: id)
            if lastID != nil { opening += ServerSentEvent(type: Self.reset, "").encoded(id: id) }
            return (state.history.newest, opening)
        }
    }

    /// What to send next, as soon as there is something; nil when the stream is to end.
    ///
    /// Throws when the subscriber was too slow: the connection is then cut.
    private func next(after position: inout Int) async throws(CancellationError) -> [UInt8]? {
        while true {
            if Task.isCancelled { throw CancellationError() }
            let step = try state.withLock { state throws(CancellationError) in
                guard state.history.holds(position) else { throw CancellationError() }
                let (bytes, last) = state.history.events(after: position, limit: Self.batch)
                return (bytes: bytes, last: last, isFinished: state.isFinished)
            }
            position = step.last
            if !step.bytes.isEmpty { return step.bytes }
            if step.isFinished { return nil }
            if case .heartbeat = await news(after: position) { return ServerSentEvent.heartbeat }
        }
    }

    /// Waits for the next event, the end, a heartbeat, or the task's cancellation.
    private func news(after position: Int) async -> News {
        let number = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let isNews = state.withLock { state in
                    // What came before the waiter was in its place would go unnoticed.
                    if state.history.newest > position || state.isFinished || Task.isCancelled {
                        return true
                    }
                    state.waiters[number] = waiter
                    return false
                }
                if isNews { waiter.resume(returning: .events) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: number) }?.resume(returning: .events)
        }
    }

    // MARK: - All subscribers

    private func wakeAll(with news: News, _ change: (inout State) -> Void = { _ in }) {
        let waiters = state.withLock { state in
            change(&state)
            defer { state.waiters.removeAll(keepingCapacity: true) }
            return Array(state.waiters.values)
        }
        for waiter in waiters { waiter.resume(returning: news) }
    }

    /// One clock for all subscribers, which stops when there are none. Only those who wait hear it:
    /// whoever is behind with events has no need of comments.
    private func beating() -> Task<Void, Never> {
        Task { [weak self, interval = configuration.heartbeat] in
            while (try? await Task.sleep(for: interval)) != nil {
                guard let self, self.goesOnBeating() else { return }
                self.wakeAll(with: .heartbeat)
            }
        }
    }

    private func goesOnBeating() -> Bool {
        state.withLock { state in
            if state.subscriberCount == 0 { state.heart = nil }
            return state.heart != nil
        }
    }
}
