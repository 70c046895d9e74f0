import Synchronization

/// Tells who waits for a clip that it is finished, or gone.
final class ClipWatch: Sendable {
    private struct State {
        var isClosed = false
        var next = 0
        /// By the clip's id, then by the waiter's number.
        var waiters: [String: [Int: AsyncStream<Never>.Continuation]] = [:]
    }

    private let state = Mutex(State())

    /// A stream without elements, which ends when a clip is finished or deleted from now on, when
    /// `limit` has passed, when the watch is closed, and for a task that is cancelled.
    func end(of id: String, within limit: Duration) -> AsyncStream<Never> {
        let (stream, waiter) = AsyncStream.makeStream(of: Never.self)
        let number = state.withLock { state -> Int? in
            if state.isClosed { return nil }
            state.next += 1
            state.waiters[id, default: [:]][state.next] = waiter
            return state.next
        }
        guard let number else {
            waiter.finish()
            return stream
        }
        let patience = Task {
            try await Task.sleep(for: limit)
            waiter.finish()
        }
        waiter.onTermination = { [weak self] _ in
            patience.cancel()
            self?.forget(number, of: id)
        }
        return stream
    }

    func note(_ change: ClipChange) {
        let id: String
        switch change {
        case .written(let clip):
            if !clip.status.isFinished { return }
            id = clip.id
        case .deleted(let gone):
            id = gone
        }
        let waiters = state.withLock { $0.waiters.removeValue(forKey: id) }
        for waiter in waiters?.values ?? [:].values { waiter.finish() }
    }

    /// Ends all waiting, from now on too.
    func close() {
        let waiters = state.withLock { state in
            state.isClosed = true
            defer { state.waiters = [:] }
            return state.waiters.values.flatMap(\.values)
        }
        for waiter in waiters { waiter.finish() }
    }

    private func forget(_ number: Int, of id: String) {
        state.withLock { state in
            state.waiters[id]?[number] = nil
            if state.waiters[id]?.isEmpty ?? false { state.waiters[id] = nil }
        }
    }
}
