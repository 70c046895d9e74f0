import Synchronization

/// Counts the connections, in all and of each address, against their limits.
final class Admission: Sendable {
    private struct Census {
        var total = 0
        var byAddress: [String: Int] = [:]
    }

    private let census = Mutex(Census())
    private let limit: Int
    private let limitPerAddress: Int

    init(limit: Int, limitPerAddress: Int) {
        self.limit = limit
        self.limitPerAddress = limitPerAddress
    }

    /// Counts a connection in, if there is room for it; then it must be counted out.
    func enter(_ address: String) -> Bool {
        census.withLock { census in
            let count = census.byAddress[address, default: 0]
            guard census.total < limit, count < limitPerAddress else { return false }
            census.total += 1
            census.byAddress[address] = count + 1
            return true
        }
    }

    func leave(_ address: String) {
        census.withLock { census in
            census.total -= 1
            let count = census.byAddress[address, default: 0]
            census.byAddress[address] = count > 1 ? count - 1 : nil
        }
    }
}
