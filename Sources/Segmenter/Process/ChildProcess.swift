import CLinux
import Glibc
import Synchronization

/// A running program that ends with this one, its standard error read line by line.
///
/// Standard input and output are /dev/null. The child dies by SIGKILL when this process does, however
/// that ends; see `clinux_spawn`.
package final class ChildProcess: Sendable {
    package let pid: Int32

    private enum State {
        case running(waiting: [CheckedContinuation<ExitStatus, Never>])
        case ended(ExitStatus)
    }

    private let state = Mutex(State.running(waiting: []))

    private init(pid: Int32) {
        self.pid = pid
    }

    /// Starts `executable` (a path, not a name to look up).
    ///
    /// - Parameters:
    ///   - directory: its working directory; nil for this program's own.
    ///   - onLine: called with each line of its standard error, on the poller's thread.
    ///   - onExit: called once, after the last line.
    package static func start(
        _ executable: String,
        _ arguments: [String],
        directory: String? = nil,
        onLine: @escaping @Sendable (String) -> Void,
        onExit: @escaping @Sendable (ExitStatus) -> Void = { _ in }
    ) async throws(SegmenterError) -> ChildProcess {
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<ChildProcess, SegmenterError>, Never>) in
            Poller.shared.run {
                continuation.resume(
                    returning: Result { () throws(SegmenterError) in
                        try spawn(executable, arguments, directory, onLine, onExit)
                    }
                )
            }
        }
        return try result.get()
    }

    /// Waits until the process has ended.
    package func exit() async -> ExitStatus {
        await withCheckedContinuation { continuation in
            let ended: ExitStatus? = state.withLock {
                switch $0 {
                case .ended(let status):
                    return status
                case .running(let waiting):
                    $0 = .running(waiting: waiting + [continuation])
                    return nil
                }
            }
            if let ended { continuation.resume(returning: ended) }
        }
    }

    /// Sends a signal, unless the process has ended.
    package func send(_ signal: Int32) {
        // Under the lock: the pid is ours until `ended` is set, because only then is it reaped.
        state.withLock {
            if case .running = $0 { _ = kill(pid, signal) }
        }
    }

    /// Asks the process to end, and kills it when it has not done so within `grace`.
    package func stop(grace: Duration) async {
        send(SIGTERM)
        let killer = Task {
            try await Task.sleep(for: grace)
            send(SIGKILL)
        }
        _ = await exit()
        killer.cancel()
    }

    // MARK: - On the poller's thread

    private static func spawn(
        _ executable: String,
        _ arguments: [String],
        _ directory: String?,
        _ onLine: @escaping @Sendable (String) -> Void,
        _ onExit: @escaping @Sendable (ExitStatus) -> Void
    ) throws(SegmenterError) -> ChildProcess {
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC | O_NONBLOCK) == 0 else {
            throw .system(call: "pipe2", errno: errno)
        }
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        // Only our end may be non-blocking: ffmpeg writes its log as if it were a terminal.
        _ = fcntl(ends[1], F_SETFL, 0)
        var argv = ([executable] + arguments).map { strdup($0) } + [nil]
        let pid = clinux_spawn(executable, &argv, environ, directory, null, null, ends[1])
        for argument in argv { free(argument) }
        close(ends[1])
        close(null)
        let pidfd = pid > 0 ? clinux_pidfd_open(pid) : -1
        guard pid > 0, pidfd >= 0 else {
            close(ends[0])
            if pid > 0 {
                let failure = errno
                kill(pid, SIGKILL)
                waitpid(pid, nil, 0)
                throw .system(call: "pidfd_open", errno: failure)
            }
            throw .system(call: "execve", errno: -pid)
        }
        let child = ChildProcess(pid: pid)
        let log = ChildOutput(descriptor: ends[0], onLine: onLine)
        Poller.shared.watch(ends[0]) { log.read() }
        Poller.shared.watch(pidfd) {
            Poller.shared.unwatch(pidfd)
            close(pidfd)
            // What it wrote before it ended is in the pipe still.
            log.close()
            child.reap(onExit)
        }
        return child
    }

    private func reap(_ onExit: @Sendable (ExitStatus) -> Void) {
        let (status, waiting) = state.withLock {
            state -> (ExitStatus, [CheckedContinuation<ExitStatus, Never>]) in
            var waitStatus: Int32 = 0
            while waitpid(pid, &waitStatus, 0) < 0 && errno == EINTR {}
            let status = ExitStatus(waitStatus: waitStatus)
            guard case .running(let waiting) = state else { return (status, []) }
            state = .ended(status)
            return (status, waiting)
        }
        onExit(status)
        for continuation in waiting { continuation.resume(returning: status) }
    }
}
