import CLinux
import Glibc

/// One thread's channels and the epoll(7) set that watches them; never leaves that thread.
///
/// Time limits are kept by looking at every channel once per sweep: for ten thousand of them that
/// is well under a millisecond a second, and a request costs no timer at all.
final class Reactor {
    let loop: EventLoop

    /// Monotonic nanoseconds, read once a turn.
    private(set) var now = MonotonicClock.now

    /// What descriptors are read into before it's known to whom the bytes belong, so that an idle
    /// connection holds no buffer.
    let scratch: UnsafeMutableRawBufferPointer

    var dateField = DateField()

    /// The memory of an output buffer that isn't in use.
    var spareBuffer = ByteBuffer()

    private let epoll: Int32
    private let sweepInterval: UInt64
    private let events: UnsafeMutableBufferPointer<epoll_event>
    private var slots: [Slot] = []
    private var generation: UInt32 = 0
    private var postponed: [any Channel] = []
    private var channelCount = 0

    /// The most channels at a time since memory was last given back.
    private var peak = 0
    private var taskCount = 0
    private var nextSweep: UInt64 = 0
    private var isDraining = false
    private var timers: [(due: UInt64, body: () -> Void)] = []
    private var whenEmpty: (@Sendable () -> Void)?

    /// The channel of one descriptor; the generation tells it from an earlier one whose events
    /// were still to be delivered when it closed.
    private struct Slot {
        var generation: UInt32 = 0
        var channel: (any Channel)?
    }

    /// Channels from which their memory is worth the milliseconds of giving it back.
    private static let crowd = 100

    /// What the loop's wake-up descriptor is registered under.
    static let wakeUp = UInt64.max

    init(loop: EventLoop, epoll: Int32, sweepInterval: UInt64) {
        self.loop = loop
        self.epoll = epoll
        self.sweepInterval = sweepInterval
        scratch = .allocate(byteCount: 64 * 1024, alignment: 64)
        events = .allocate(capacity: 256)
        events.initialize(repeating: epoll_event())
    }

    deinit {
        scratch.deallocate()
        events.deallocate()
    }

    /// Whether nothing is left to do, now or later.
    var isFinished: Bool { isDraining && channelCount == 0 && taskCount == 0 }

    /// Waits for events, if it may, and handles them.
    func turn(mayWait: Bool) {
        let timeout = mayWait && postponed.isEmpty ? timeToWait() : 0
        let count = epoll_wait(epoll, events.baseAddress, Int32(events.count), timeout)
        now = MonotonicClock.now
        for index in 0..<Int(max(0, count)) {
            deliver(events.baseAddress! + index)
        }
        let resumed = postponed
        postponed = []
        for channel in resumed { channel.resume() }
        if !timers.isEmpty { fireTimers() }
        if now >= nextSweep { sweep() }
    }

    /// Takes on a channel, whose descriptor isn't watched yet.
    func attach(_ channel: any Channel, descriptor: Int32) {
        let index = Int(descriptor)
        while slots.count <= index { slots.append(Slot()) }
        generation &+= 1
        slots[index] = Slot(generation: generation, channel: channel)
        channelCount += 1
        peak = max(peak, channelCount)
    }

    /// Lets go of a channel, whose descriptor is about to be closed or is watched no more.
    func detach(descriptor: Int32) {
        slots[Int(descriptor)].channel = nil
        channelCount -= 1
        reportIfEmpty()
    }

    /// Has events of an attached descriptor delivered; answers whether the kernel accepted it.
    func watch(_ descriptor: Int32, _ events: UInt32, isNew: Bool) -> Bool {
        let generation = slots[Int(descriptor)].generation
        let key = UInt64(generation) << 32 | UInt64(UInt32(bitPattern: descriptor))
        let operation = isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD
        return clinux_epoll_ctl(epoll, operation, descriptor, events, key) == 0
    }

    func unwatch(_ descriptor: Int32) {
        _ = clinux_epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, 0, 0)
    }

    /// Has a channel's `resume` called in this turn or the next.
    func postpone(_ channel: any Channel) {
        postponed.append(channel)
    }

    /// Calls back once, after a pause of nanoseconds.
    func after(_ pause: UInt64, _ body: @escaping () -> Void) {
        timers.append((MonotonicClock.now + pause, body))
    }

    /// Counts the tasks that run on the loop, which must outlive them.
    func taskStarted() { taskCount += 1 }
    func taskEnded() { taskCount -= 1 }

    /// Lets every channel finish, and calls back once none is left.
    func drain(then whenEmpty: @escaping @Sendable () -> Void) {
        isDraining = true
        self.whenEmpty = whenEmpty
        forEachChannel { $0.drain() }
        reportIfEmpty()
    }

    func closeAll() {
        forEachChannel { $0.close() }
    }

    private func sweep() {
        nextSweep = now + sweepInterval
        forEachChannel { $0.sweep(now: now) }
        giveBackMemory()
    }

    /// Once a crowd has gone, has malloc(3) return what it took: by itself that keeps nearly all.
    private func giveBackMemory() {
        guard peak >= Self.crowd, channelCount <= peak / 2 else { return }
        peak = channelCount
        malloc_trim(0)
    }

    private func fireTimers() {
        let due = timers.filter { $0.due <= now }
        timers.removeAll { $0.due <= now }
        for timer in due { timer.body() }
    }

    private func forEachChannel(_ body: (any Channel) -> Void) {
        // By index, because channels unregister meanwhile.
        for index in slots.indices {
            if let channel = slots[index].channel { body(channel) }
        }
    }

    private func reportIfEmpty() {
        guard isDraining, channelCount == 0, let report = whenEmpty else { return }
        whenEmpty = nil
        report()
    }

    private func deliver(_ event: UnsafePointer<epoll_event>) {
        let key = clinux_epoll_data(event)
        // Waking was the purpose; what for is in the loop's inbox.
        if key == Self.wakeUp { return }
        let slot = slots[Int(UInt32(truncatingIfNeeded: key))]
        guard slot.generation == UInt32(key >> 32) else { return }
        slot.channel?.ready(event.pointee.events)
    }

    /// Milliseconds to the next sweep or timer, rounded up; -1 if there is none.
    private func timeToWait() -> Int32 {
        var moment = timers.map(\.due).min()
        if channelCount > 0 { moment = min(moment ?? .max, nextSweep) }
        guard let moment else { return -1 }
        let wait = moment > now ? moment - now : 0
        return Int32((wait + 999_999) / 1_000_000)
    }
}
