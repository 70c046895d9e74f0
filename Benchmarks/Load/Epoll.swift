import CLinux
import Foundation
import TestSupport

/// An epoll(7) set for the sockets of one thread, level-triggered.
final class Epoll {
    private let descriptor: Int32
    private var events = [epoll_event](repeating: epoll_event(), count: 256)

    init() throws {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { throw TestFailure("epoll: errno \(errno)") }
    }

    deinit {
        close(descriptor)
    }

    /// Has `wait` give `number` whenever the socket is readable.
    func add(_ socket: Int32, number: Int) throws {
        let events = EPOLLIN.rawValue
        guard clinux_epoll_ctl(descriptor, EPOLL_CTL_ADD, socket, events, UInt64(number)) == 0
        else { throw TestFailure("epoll_ctl: errno \(errno)") }
    }

    /// The numbers of readable sockets; none when the time is over, in whole milliseconds.
    func wait(_ time: Duration) throws -> [Int] {
        let milliseconds = Int32(max(0, time.milliseconds.rounded(.up)))
        let count = epoll_wait(descriptor, &events, Int32(events.count), milliseconds)
        guard count >= 0 || errno == EINTR else { throw TestFailure("epoll_wait: errno \(errno)") }
        return events.prefix(Int(max(0, count))).map { event in
            withUnsafePointer(to: event) { Int(clinux_epoll_data($0)) }
        }
    }
}
