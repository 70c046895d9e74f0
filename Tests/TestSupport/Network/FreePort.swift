import Foundation
import Synchronization

/// Finds ports of 127.0.0.1 that nobody listens on.
package enum FreePort {
    private static let given = Mutex<Set<Int>>([])

    /// A free port, never the same twice in one test run.
    package static func next() throws -> Int {
        while true {
            let port = try unused()
            if given.withLock({ $0.insert(port).inserted }) { return port }
        }
    }

    private static func unused() throws -> Int {
        let socket = try Socket()
        var address = Socket.address(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let failed = withUnsafeMutableBytes(of: &address) { bytes in
            let address = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress!
            return bind(socket.descriptor, address, length) != 0
                || getsockname(socket.descriptor, address, &length) != 0
        }
        guard !failed else { throw TestFailure("no free port: errno \(errno)") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
