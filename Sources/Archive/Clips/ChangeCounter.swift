import Synchronization

/// How often the archive has changed, for whoever keeps what it read.
final class ChangeCounter: Sendable {
    private let changes = Atomic(0)

    var value: Int { changes.load(ordering: .acquiring) }

    func count() { changes.add(1, ordering: .releasing) }
}
