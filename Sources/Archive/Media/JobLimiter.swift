/// Lets only so many jobs run at a time; the others wait their turn, first come first served.
actor JobLimiter {
    private let limit: Int
    private var running = 0
    private(set) var waiting: [CheckedContinuation<Void, Never>] = []

    init(limit: Int) {
        self.limit = limit
    }

    func run<Value: Sendable, Failure: Error>(
        _ job: @Sendable () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        if running < limit {
            running += 1
        } else {
            // Whoever wakes it hands over its own place.
            await withCheckedContinuation { waiting.append($0) }
        }
        defer { handOver() }
        return try await job()
    }

    private func handOver() {
        if waiting.isEmpty {
            running -= 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
