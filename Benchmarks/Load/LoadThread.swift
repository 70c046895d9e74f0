import Foundation
import Synchronization

/// Runs a client's loop, which blocks, on a thread of its own.
enum LoadThread {
    /// Whether the task that waits for the thread has been cancelled.
    final class Cancellation: Sendable {
        private let isSet = Atomic(false)

        fileprivate func set() { isSet.store(true, ordering: .relaxed) }

        func check() throws(CancellationError) {
            if isSet.load(ordering: .relaxed) { throw CancellationError() }
        }
    }

    /// - Parameter work: checks from time to time whether it is to end.
    static func run<Value: Sendable>(
        _ work: @escaping @Sendable (Cancellation) throws -> Value
    ) async throws -> Value {
        let cancellation = Cancellation()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread {
                    continuation.resume(with: Result { try work(cancellation) })
                }
            }
        } onCancel: {
            cancellation.set()
        }
    }
}
