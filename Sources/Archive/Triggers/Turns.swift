import Synchronization

/// Lets tasks that name the same thing work one after the other, in the order of their coming.
final class Turns: Sendable {
    /// Who waits for each name that is taken.
    private let waiting = Mutex<[String: [CheckedContinuation<Void, Never>]]>([:])

    /// Does `work` as soon as all these names are free, and keeps them until it ends.
    func run<Value, Failure: Error>(
        of names: some Sequence<String>,
        _ work: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        // In one order for all, or two could wait for each other.
        let names = Set(names).sorted()
        for name in names { await take(name) }
        defer { for name in names { leave(name) } }
        return try await work()
    }

    private func take(_ name: String) async {
        await withCheckedContinuation { waiter in
            let isFree = waiting.withLock { waiting in
                if waiting[name] != nil {
                    waiting[name]?.append(waiter)
                    return false
                }
                waiting[name] = []
                return true
            }
            if isFree { waiter.resume() }
        }
    }

    /// Hands the name on to the next, if there is one.
    private func leave(_ name: String) {
        let next = waiting.withLock { waiting -> CheckedContinuation<Void, Never>? in
            guard let next = waiting[name]?.first else {
                waiting[name] = nil
                return nil
            }
            waiting[name]?.removeFirst()
            return next
        }
        next?.resume()
    }
}
