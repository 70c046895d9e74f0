import Synchronization

/// Values worked out from the archive, good for as long as nothing in it changes.
///
/// A value belongs to the revision that was current *before* it was worked out: if the archive
/// changed meanwhile, the value is never given out.
final class RevisionCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Contents {
        var revision = Int.min
        var values: [Key: Value] = [:]
        var cost = 0
    }

    private let contents = Mutex(Contents())
    private let limit: Int

    /// - Parameter limit: what all values together may cost; beyond it the cache starts afresh.
    init(limit: Int) {
        self.limit = limit
    }

    func value(for key: Key, at revision: Int) -> Value? {
        contents.withLock { $0.revision == revision ? $0.values[key] : nil }
    }

    func store(_ value: Value, for key: Key, at revision: Int, cost: Int = 1) {
        contents.withLock { contents in
            if contents.revision > revision || cost > limit { return }
            if contents.revision < revision || contents.cost + cost > limit {
                contents = Contents(revision: revision)
            }
            if contents.values.updateValue(value, forKey: key) == nil { contents.cost += cost }
        }
    }
}
