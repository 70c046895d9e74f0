/// Who waits for the next change, and how many changes there have been.
struct ChangeWaiters {
    private(set) var revision = 0
    private var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    private var next = 0

    var isEmpty: Bool { waiters.isEmpty }

    /// A number for one who is about to wait.
    mutating func newNumber() -> Int {
        defer { next += 1 }
        return next
    }

    mutating func add(_ waiter: CheckedContinuation<Void, Never>, number: Int) {
        waiters[number] = waiter
    }

    mutating func resume(_ number: Int) {
        waiters.removeValue(forKey: number)?.resume()
    }

    /// Counts a change and lets all go on.
    mutating func change() {
        revision += 1
        if waiters.isEmpty { return }
        let waiting = waiters.values
        waiters = [:]
        for waiter in waiting { waiter.resume() }
    }
}
