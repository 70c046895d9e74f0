import CLinux

/// The checksum of RFC 3720 §12.1 (Castagnoli's polynomial), as iSCSI, ext4 and Btrfs have it.
struct CRC32C: Sendable {
    private static let hasInstruction = clinux_has_crc32c() != 0

    private var state = ~UInt32(0)

    var value: UInt32 { ~state }

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        guard Self.hasInstruction, let start = bytes.baseAddress else {
            addByTable(bytes)
            return
        }
        state = clinux_crc32c(state, start.assumingMemoryBound(to: UInt8.self), bytes.count)
    }

    /// For CPUs without the instruction: byte by byte.
    mutating func addByTable(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes {
            state = state >> 8 ^ Self.table[Int(UInt8(truncatingIfNeeded: state) ^ byte)]
        }
    }

    /// What eight steps of the division make of each byte, the polynomial's bits reversed.
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { rest, _ in
            rest & 1 == 0 ? rest >> 1 : rest >> 1 ^ 0x82F6_3B78
        }
    }
}
