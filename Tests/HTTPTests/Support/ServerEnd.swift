import Glibc

/// The server's end of a client's connection, which lies in this same process.
struct ServerEnd {
    private let descriptor: Int32
    private let clientPort: UInt16

    /// Waits until the server has accepted the connection from a port.
    init(ofClientAt clientPort: UInt16) throws {
        let descriptor = try Self.spin("the server to accept") {
            (0..<1024).first { Self.peerPort(of: $0) == clientPort }
        }
        self.descriptor = descriptor
        self.clientPort = clientPort
    }

    /// Waits until the server has read all that has arrived, or closed the connection.
    func waitUntilRead() throws {
        try Self.spin("the server to read") {
            guard Self.peerPort(of: descriptor) == clientPort else { return () }
            var unread: Int32 = 0
            return ioctl(descriptor, UInt(FIONREAD), &unread) == 0 && unread > 0 ? nil : ()
        }
    }

    private static func peerPort(of descriptor: Int32) -> UInt16? {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutableBytes(of: &address) { bytes in
            let pointer = bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self)
            return getpeername(descriptor, pointer, &length)
        }
        return result == 0 ? UInt16(bigEndian: address.sin_port) : nil
    }

    /// It is a matter of microseconds: any pause would be longer.
    @discardableResult
    private static func spin<Value>(_ what: String, _ condition: () -> Value?) throws -> Value {
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            if let value = condition() { return value }
            sched_yield()
        }
        throw RawClient.Failure(what: "waited in vain for \(what)")
    }
}
