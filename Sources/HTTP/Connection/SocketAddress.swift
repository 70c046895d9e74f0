import CLinux
import Glibc

/// A peer's or the server's own address.
struct SocketAddress {
    private var storage = sockaddr_in6()

    /// Fills in an address with a system call that writes one; answers what the call does.
    mutating func fill(
        _ call: (UnsafeMutablePointer<sockaddr>, inout socklen_t) -> Int32
    ) -> Int32 {
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        return withUnsafeMutableBytes(of: &storage) { bytes in
            call(bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self), &length)
        }
    }

    var port: Int {
        // Both families have the port at the same place.
        Int(UInt16(bigEndian: storage.sin6_port))
    }

    var peer: PeerAddress {
        withUnsafeBytes(of: storage) { PeerAddress($0) }
    }
}
