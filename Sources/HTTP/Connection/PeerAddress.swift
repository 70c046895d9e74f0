import CLinux
import Glibc

/// The other end's address, without its port: IPv6, or IPv4 in its IPv4-mapped form (RFC 4291
/// §2.5.5.2).
struct PeerAddress: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    private static let mappedPrefix: UInt64 = 0xFFFF

    static let loopback = PeerAddress(high: 0, low: mappedPrefix << 32 | 0x7F00_0001)

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads the address of a `sockaddr_in` or `sockaddr_in6`; any other family is `::`.
    init(_ address: UnsafeRawBufferPointer) {
        switch Int32(address.load(as: sockaddr.self).sa_family) {
        case AF_INET:
            let host = address.load(as: sockaddr_in.self).sin_addr.s_addr
            high = 0
            low = Self.mappedPrefix << 32 | UInt64(UInt32(bigEndian: host))
        case AF_INET6:
            let offset = MemoryLayout<sockaddr_in6>.offset(of: \.sin6_addr)!
            high = UInt64(bigEndian: address.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            low = UInt64(
                bigEndian: address.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
            )
        default:
            high = 0
            low = 0
        }
    }

    /// The numeric form; an IPv4 address that came by an IPv6 socket as IPv4.
    var text: String {
        if high == 0, low >> 32 == Self.mappedPrefix {
            return (0..<4).map { String(UInt8(truncatingIfNeeded: low >> (24 - 8 * $0))) }
                .joined(separator: ".")
        }
        var words = (high.bigEndian, low.bigEndian)
        return String(unsafeUninitializedCapacity: Int(INET6_ADDRSTRLEN)) { buffer in
            buffer.withMemoryRebound(to: CChar.self) { text in
                guard inet_ntop(AF_INET6, &words, text.baseAddress, socklen_t(text.count)) != nil
                else { return 0 }
                return strlen(text.baseAddress!)
            }
        }
    }
}
