import CLinux
import Glibc
import Synchronization

/// One thread that reads what all cameras' ffmpegs write, and on which their rings live.
///
/// It looks at every growing file some times a second. One look costs a system call, an event for each write
/// (inotify) would cost several, and what has grown goes from the file into the ring without a change of thread.
/// As an executor it runs the rings' other work in between.
package final class RecordingThread: SerialExecutor {
    package static let shared = RecordingThread()

    /// From one look to the next, in microseconds.
    private static let period: Int64 = 25_000
    private static let longRest: Int64 = 250_000

    /// Looks at something; gives after how long there may be something new.
    package typealias Look = @Sendable () -> Duration

    private struct State {
        var jobs: [UnownedJob] = []
        var looks: [Int: (due: Int64, look: Look)] = [:]
        var nextLook = 0
        var isAwake = true
    }

    private let state = Mutex(State())
    private let wake: Int32
    private let thread = Mutex(pthread_t())

    package init() {
        wake = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let this = Unmanaged.passRetained(self).toOpaque()
        let result = thread.withLock { thread in
            pthread_create(
                &thread,
                &attributes,
                { context in
                    Unmanaged<RecordingThread>.fromOpaque(context!).takeRetainedValue().run()
                },
                this
            )
        }
        // Without this one thread nothing can be recorded; only exhausted memory brings us here.
        precondition(result == 0 && wake >= 0, "cannot start the recording thread")
        pthread_attr_destroy(&attributes)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let sleeps = state.withLock { state in
            state.jobs.append(job)
            return !state.isAwake
        }
        if sleeps { wakeUp() }
    }

    package func checkIsolated() {
        precondition(isCurrent, "not on the recording thread")
    }

    package func isIsolatingCurrentContext() -> Bool? { isCurrent }

    private var isCurrent: Bool { thread.withLock { pthread_equal($0, pthread_self()) != 0 } }

    /// Calls `look` on this thread, at most 40 times a second, until `removeLook`. It must not block for long.
    package func addLook(_ look: @escaping Look) -> Int {
        let number = state.withLock { state in
            state.nextLook += 1
            state.looks[state.nextLook] = (0, look)
            return state.nextLook
        }
        wakeUp()
        return number
    }

    /// Has a look happen at once.
    package func hastenLook(_ number: Int) {
        state.withLock { $0.looks[number]?.due = 0 }
        wakeUp()
    }

    package func removeLook(_ number: Int) {
        state.withLock { _ = $0.looks.removeValue(forKey: number) }
    }

    private func wakeUp() {
        var one: UInt64 = 1
        _ = write(wake, &one, 8)
    }

    private func run() -> UnsafeMutableRawPointer? {
        pthread_setname_np(pthread_self(), "recording")
        while true { turn() }
    }

    /// Does the work that there is and the looks that are due, or waits for either.
    ///
    /// A function of its own, because Swift 6.3 lets go of nothing that is made in a loop without an end.
    @inline(never)
    private func turn() {
        let executor = asUnownedSerialExecutor()
        let now = clinux_monotonic()
        let (jobs, due, next) = state.withLock { state in
            let jobs = state.jobs
            state.jobs = []
            let due = state.looks.filter { $0.value.due <= now }
            let next = state.looks.values.lazy.map(\.due).min()
            state.isAwake = !jobs.isEmpty || !due.isEmpty
            return (jobs, due, next)
        }
        for job in jobs { job.runSynchronously(on: executor) }
        for (number, (_, look)) in due {
            let rest = look().wholeMicroseconds
            // On one grid, so that the thread wakes up for many at once: the longer the rest, the wider.
            let grid = rest > Self.longRest ? Self.longRest : Self.period
            let moment = (now + max(rest, 1) + grid - 1) / grid * grid
            state.withLock { $0.looks[number]?.due = moment }
        }
        if jobs.isEmpty && due.isEmpty {
            sleep(milliseconds: next.map { ($0 - now + 999) / 1000 } ?? -1)
        }
    }

    private func sleep(milliseconds: Int64) {
        var descriptor = pollfd(fd: wake, events: Int16(POLLIN), revents: 0)
        if poll(&descriptor, 1, Int32(clamping: milliseconds)) > 0 {
            var counter: UInt64 = 0
            _ = read(wake, &counter, 8)
        }
        state.withLock { $0.isAwake = true }
    }
}
