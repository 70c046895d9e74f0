import CLinux
import Glibc
import Synchronization

/// One thread, alive as long as the program, that waits for descriptors by poll(2).
///
/// Children are started on it too: a parent-death signal follows the thread that forked (prctl(2),
/// PR_SET_PDEATHSIG), so that thread must never end. Handlers run on it and must not block.
package final class Poller: Sendable {
    package static let shared = Poller()

    package typealias Handler = @Sendable () -> Void

    private struct State {
        var handlers: [Int32: Handler] = [:]
        var work: [Handler] = []
    }

    private let state = Mutex(State())
    private let wake: Int32

    private init() {
        wake = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let this = Unmanaged.passRetained(self).toOpaque()
        let result = pthread_create(
            &thread,
            &attributes,
            { context in
                Unmanaged<Poller>.fromOpaque(context!).takeRetainedValue().loop()
            },
            this
        )
        // Without this one thread nothing can be recorded; only exhausted memory brings us here.
        precondition(result == 0 && wake >= 0, "cannot start the poller thread")
        pthread_attr_destroy(&attributes)
    }

    /// Calls `handler` whenever `descriptor` is readable or hung up, until `unwatch`.
    package func watch(_ descriptor: Int32, handler: @escaping Handler) {
        state.withLock { $0.handlers[descriptor] = handler }
        wakeUp()
    }

    /// Forgets a descriptor. Call it on this thread (from a handler or `run`) before closing it.
    package func unwatch(_ descriptor: Int32) {
        state.withLock { _ = $0.handlers.removeValue(forKey: descriptor) }
    }

    /// Runs `work` on this thread, soon.
    package func run(_ work: @escaping Handler) {
        state.withLock { $0.work.append(work) }
        wakeUp()
    }

    private func wakeUp() {
        var one: UInt64 = 1
        _ = write(wake, &one, 8)
    }

    private func loop() -> UnsafeMutableRawPointer? {
        pthread_setname_np(pthread_self(), "poller")
        while true { turn() }
    }

    /// Waits once, and calls who is concerned.
    ///
    /// A function of its own, because Swift 6.3 lets go of nothing that is made in a loop without an end:
    /// each turn's arrays stayed.
    @inline(never)
    private func turn() {
        let watched = state.withLock { Array($0.handlers.keys) }
        var descriptors = [pollfd(fd: wake, events: Int16(POLLIN), revents: 0)]
        descriptors += watched.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        guard poll(&descriptors, nfds_t(descriptors.count), -1) > 0 else { return }
        var counter: UInt64 = 0
        _ = read(wake, &counter, 8)
        for ready in descriptors.dropFirst() where ready.revents != 0 {
            // Looked up anew: an earlier handler of this round may have closed it.
            state.withLock { $0.handlers[ready.fd] }?()
        }
        for work in state.withLock({ exchange(&$0.work) }) { work() }
    }

    private func exchange(_ work: inout [Handler]) -> [Handler] {
        defer { work = [] }
        return work
    }
}
