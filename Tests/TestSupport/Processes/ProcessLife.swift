import Foundation
import Synchronization

/// The shared knowledge of one child process: whether it lives, and how it ended.
///
/// A thread of its own starts the child, waits for it and reaps it. The starting thread must live as
/// long as the child, because a parent-death signal follows the thread, not the process.
final class ProcessLife: Sendable {
    private struct State {
        var status: ExitStatus?
        var waiters: [Int: CheckedContinuation<ExitStatus?, Never>] = [:]
        var nextWaiter = 0
    }

    let pid: pid_t
    private let state = Mutex(State())

    private init(pid: pid_t) {
        self.pid = pid
    }

    /// Calls `spawn` on a new thread, and gives back the life of the child that it started.
    static func begin(_ spawn: @escaping @Sendable () throws -> pid_t) async throws -> ProcessLife {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                do {
                    let life = ProcessLife(pid: try spawn())
                    continuation.resume(returning: life)
                    life.reap()
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }

    /// How the process ended; nil while it runs.
    var status: ExitStatus? { state.withLock { $0.status } }

    /// Sends a signal to the process, unless it has ended.
    func send(_ signal: Int32) {
        // Under the lock the child is not reaped, so that its pid cannot be another's yet.
        state.withLock { state in
            if state.status == nil { kill(pid, signal) }
        }
    }

    /// Ends the process, and whatever is left of its process group, at once.
    func killGroup() {
        state.withLock { _ in _ = kill(-pid, SIGKILL) }
    }

    /// Waits until the process has ended; nil past `timeout`.
    func exit(within timeout: Duration) async -> ExitStatus? {
        await withCheckedContinuation { continuation in
            let waiter: Int? = state.withLock { state in
                guard state.status == nil else { return nil }
                state.nextWaiter += 1
                state.waiters[state.nextWaiter] = continuation
                return state.nextWaiter
            }
            guard let waiter else { return continuation.resume(returning: status) }
            // Detached, or it would keep the test's task-local values alive until then.
            Task.detached { [self] in
                try? await Task.sleep(for: timeout)
                let late = state.withLock { $0.waiters.removeValue(forKey: waiter) }
                late?.resume(returning: nil)
            }
        }
    }

    private func reap() {
        var info = siginfo_t()
        while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR {}

        let (status, waiters) = state.withLock { state in
            var code: Int32 = 0
            waitpid(pid, &code, 0)
            let signal = code & 0x7f
            let status = signal == 0 ? ExitStatus.exited((code >> 8) & 0xff) : .signalled(signal)
            state.status = status
            defer { state.waiters = [:] }
            return (status, state.waiters.values)
        }
        for waiter in waiters { waiter.resume(returning: status) }
    }
}
