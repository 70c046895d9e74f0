package import Foundation

/// A blocking TCP connection to a port of 127.0.0.1.
package final class Socket: Sendable {
    let descriptor: Int32

    /// A socket that is neither bound nor connected.
    init() throws {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        descriptor = socket(AF_INET, kind, 0)
        guard descriptor >= 0 else { throw TestFailure("socket: errno \(errno)") }
    }

    /// Connects; a small receive buffer makes a slow reader felt at once.
    package convenience init(connectedTo port: Int, receiveBuffer: Int32? = nil) throws {
        try self.init()
        if var size = receiveBuffer {
            let length = socklen_t(MemoryLayout<Int32>.size)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, length)
        }
        var address = Socket.address(port: port)
        let failed = withUnsafeBytes(of: &address) { bytes in
            let address = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress!
            return connect(descriptor, address, socklen_t(bytes.count)) != 0
        }
        guard !failed else {
            throw TestFailure("no connection to 127.0.0.1:\(port): errno \(errno)")
        }
    }

    deinit {
        close(descriptor)
    }

    static func address(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        return address
    }

    /// Ends the connection by a reset instead of an orderly close, once it's let go of.
    package func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        let length = socklen_t(MemoryLayout<linger>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, length)
    }

    package func send(_ data: Data) throws {
        var rest = data[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { throw TestFailure("send: errno \(errno)") }
            rest = rest.dropFirst(sent)
        }
    }

    /// The next bytes, empty at the stream's end; fails past `deadline`.
    package func receive(before deadline: ContinuousClock.Instant) throws -> Data {
        let (seconds, attoseconds) = (deadline - ContinuousClock.now).components
        guard seconds >= 0, attoseconds >= 0 else { throw TestFailure("the answer took too long") }
        var limit = timeval(
            tv_sec: Int(seconds),
            tv_usec: Int(attoseconds / 1_000_000_000_000) + 1
        )
        setsockopt(
            descriptor,
            SOL_SOCKET,
            SO_RCVTIMEO,
            &limit,
            socklen_t(MemoryLayout<timeval>.size)
        )
        var data = Data(count: 65_536)
        let received = data.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
        guard received >= 0 else { throw TestFailure("no answer: errno \(errno)") }
        return data.prefix(received)
    }
}
