import CLinux
import Glibc
import Synchronization

/// A thread that waits on epoll(7) and runs its connections' callbacks and their handlers' tasks,
/// so that a handler which never suspends is answered without leaving the thread.
final class EventLoop: TaskExecutor {
    /// Connections placed here.
    let load = Atomic(0)

    private enum Work {
        case job(UnownedJob)
        case call(@Sendable (Reactor) -> Void)
    }

    private struct Inbox {
        var work: [Work] = []
        var isWoken = false
    }

    private let inbox = Mutex(Inbox())
    private let thread = Atomic<UInt>(0)
    private let epoll: Int32
    private let wakeUp: Int32
    private let sweepInterval: UInt64

    init(sweepInterval: UInt64) throws(HTTPServerError) {
        self.sweepInterval = sweepInterval
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard epoll >= 0 else { throw .cannotStart(errno: errno) }
        wakeUp = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        // Edge-triggered: every write wakes, and nothing has to read the counter back.
        let events = EPOLLIN.rawValue | EPOLLET.rawValue
        guard
            wakeUp >= 0,
            clinux_epoll_ctl(epoll, EPOLL_CTL_ADD, wakeUp, events, Reactor.wakeUp) == 0
        else {
            let error = errno
            Glibc.close(epoll)
            if wakeUp >= 0 { Glibc.close(wakeUp) }
            throw .cannotStart(errno: error)
        }
    }

    deinit {
        Glibc.close(epoll)
        Glibc.close(wakeUp)
    }

    /// Starts the thread, which ends when its reactor has been drained.
    func start() throws(HTTPServerError) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))

        // The thread inherits this mask. It leaves the process's signals to others, and a SIGPIPE
        // that sendfile(2) raises, which has no MSG_NOSIGNAL, stays pending for ever.
        var all = sigset_t()
        var saved = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, &saved)
        defer { pthread_sigmask(SIG_SETMASK, &saved, nil) }

        var thread = pthread_t()
        let argument = Unmanaged.passRetained(self)
        let error = pthread_create(
            &thread,
            &attributes,
            { argument in
                Unmanaged<EventLoop>.fromOpaque(argument!).takeRetainedValue().run()
                return nil
            },
            argument.toOpaque()
        )
        guard error == 0 else {
            argument.release()
            throw .cannotStart(errno: error)
        }
    }

    var isCurrent: Bool {
        thread.load(ordering: .relaxed) == UInt(pthread_self())
    }

    /// Runs work on the thread: now, if this is it.
    func execute(_ work: @escaping @Sendable () -> Void) {
        if isCurrent {
            work()
        } else {
            submit { _ in work() }
        }
    }

    /// Runs work on the thread, later.
    func submit(_ work: @escaping @Sendable (Reactor) -> Void) {
        add(.call(work))
    }

    func enqueue(_ job: consuming ExecutorJob) {
        add(.job(UnownedJob(job)))
    }

    private func add(_ work: Work) {
        let isCurrent = isCurrent
        let mustWake = inbox.withLock { inbox in
            inbox.work.append(work)
            // The thread itself looks here before it waits.
            if isCurrent || inbox.isWoken { return false }
            inbox.isWoken = true
            return true
        }
        if mustWake { eventfd_write(wakeUp, 1) }
    }

    private func run() {
        thread.store(UInt(pthread_self()), ordering: .relaxed)
        let reactor = Reactor(loop: self, epoll: epoll, sweepInterval: sweepInterval)
        var batch: [Work] = []
        while true {
            let isIdle = inbox.withLock { inbox in
                swap(&batch, &inbox.work)
                inbox.isWoken = false
                return batch.isEmpty
            }
            if isIdle, reactor.isFinished { return }
            for work in batch {
                switch work {
                case .job(let job): job.runSynchronously(on: asUnownedTaskExecutor())
                case .call(let call): call(reactor)
                }
            }
            batch.removeAll(keepingCapacity: true)
            reactor.turn(mayWait: !reactor.isFinished && inbox.withLock(\.work.isEmpty))
        }
    }
}

extension EventLoop {
    /// Lets every channel finish; the thread ends soon after the last has.
    func drain() async {
        await withCheckedContinuation { continuation in
            submit { $0.drain { continuation.resume() } }
        }
    }
}
