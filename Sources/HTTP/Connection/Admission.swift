import Synchronization

/// Counts the connections, in all and of each address, against their limits.
final class Admission: Sendable {
    private struct Census {
        var total = 0
        var byAddress: [PeerAddress: Int] = [:]
    }

    private let census = Mutex(Census())
    private let limit: Int
    private let limitPerAddress: Int

    private var isLimitedPerAddress: Bool { limitPerAddress < limit }

    init(limit: Int, limitPerAddress: Int) {
        self.limit = limit
        self.limitPerAddress = limitPerAddress
    }

    /// Counts a connection in, if there is room for it; then it must be counted out.
    func enter(_ address: PeerAddress) -> Bool {
        census.withLock { census in
            guard census.total < limit else { return false }
            if isLimitedPerAddress {
                let count = census.byAddress[address, default: 0]
                guard count < limitPerAddress else { return false }
                census.byAddress[address] = count + 1
            }
            census.total += 1
            return true
        }
    }

    func leave(_ address: PeerAddress) {
        census.withLock { census in
            census.total -= 1
            guard isLimitedPerAddress else { return }
            let count = census.byAddress[address, default: 0]
            census.byAddress[address] = count > 1 ? count - 1 : nil
        }
    }
}
