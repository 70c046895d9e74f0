import Synchronization

/// Values that callbacks hand over from other threads, in the order in which they came.
final class Gathered<Value: Sendable>: Sendable {
    private let state = Mutex<[Value]>([])

    var values: [Value] { state.withLock { $0 } }

    func add(_ value: Value) {
        state.withLock { $0.append(value) }
    }
}
