import CLinux
import Glibc

/// The socket that connections come in by, shared by all loops.
final class ListeningSocket: Sendable {
    let descriptor: Int32

    /// Binds to the first usable address of a host; port 0 means any free one.
    ///
    /// What a connection sends must be acknowledged within `sendTime`, or the kernel ends it: that
    /// finds peers that vanished without a word.
    init(host: String, port: Int, sendTime: Duration) throws(HTTPServerError) {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        guard (0...65535).contains(port), getaddrinfo(host, "\(port)", &hints, &list) == 0 else {
            throw .invalidAddress(host: host, port: port)
        }
        defer { freeaddrinfo(list) }

        var failure = EADDRNOTAVAIL
        for address in sequence(first: list, next: { $0?.pointee.ai_next }) {
            guard let address = address?.pointee else { break }
            let result = Self.listen(at: address, sendTime)
            if result >= 0 {
                descriptor = result
                return
            }
            failure = -result
        }
        throw HTTPServerError(binding: host, port: port, errno: failure)
    }

    deinit {
        Glibc.close(descriptor)
    }

    var port: Int {
        var address = SocketAddress()
        _ = address.fill { getsockname(descriptor, $0, &$1) }
        return address.port
    }

    /// Refuses connections from now on, those not yet accepted included.
    func stop() {
        Glibc.shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// A descriptor or -errno.
    private static func listen(at address: addrinfo, _ sendTime: Duration) -> Int32 {
        let type = SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
        let descriptor = socket(address.ai_family, Int32(type), 0)
        guard descriptor >= 0 else { return -errno }
        var on: Int32 = 1
        let size = socklen_t(MemoryLayout.size(ofValue: on))
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, size)
        // Accepted sockets inherit it. What belongs together is joined by MSG_MORE.
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, size)
        var milliseconds = Int32(clamping: sendTime.nanoseconds / 1_000_000)
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, &milliseconds, size)
        guard
            bind(descriptor, address.ai_addr, address.ai_addrlen) == 0,
            Glibc.listen(descriptor, 4096) == 0
        else {
            let error = errno
            Glibc.close(descriptor)
            return -error
        }
        return descriptor
    }
}
