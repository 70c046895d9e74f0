import CLinux
import Glibc

/// A peer's or the server's own address.
struct SocketAddress {
    private var storage = sockaddr_storage()

    /// Fills in an address with a system call that writes one; answers what the call does.
    mutating func fill(
        _ call: (UnsafeMutablePointer<sockaddr>, inout socklen_t) -> Int32
    ) -> Int32 {
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutableBytes(of: &storage) { bytes in
            call(bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self), &length)
        }
    }

    var port: Int {
        withUnsafeBytes(of: storage) { bytes in
            // Both families have the port, in network order, at the same place.
            Int(UInt16(bigEndian: bytes.load(fromByteOffset: 2, as: UInt16.self)))
        }
    }

    /// The numeric host; an IPv4 address that came by an IPv6 socket as IPv4.
    var host: String {
        let text = withUnsafeBytes(of: storage) { bytes in
            var buffer = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let result = getnameinfo(
                bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self),
                socklen_t(bytes.count),
                &buffer,
                socklen_t(buffer.count),
                nil,
                0,
                NI_NUMERICHOST
            )
            guard result == 0 else { return "" }
            let end = buffer.firstIndex(of: 0) ?? buffer.endIndex
            return String(decoding: buffer[..<end].map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
        let mapped = "::ffff:"
        return text.hasPrefix(mapped) && text.contains(".")
            ? String(text.dropFirst(mapped.count)) : text
    }
}
