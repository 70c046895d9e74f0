/// The frames of SQLite's write-ahead log (https://sqlite.org/fileformat2.html#the_write_ahead_log).
///
/// SQLite reads it to the first frame whose checksum is wrong and takes that for its end, as it is after a
/// crash in the middle of writing. Behind damage it would forget commits without a word.
enum WriteAheadLog {
    private static let headerSize = 32
    private static let frameHeaderSize = 24
    private static let magic: UInt32 = 0x377F_0682

    /// Whether commits stand behind something damaged.
    static func isDamaged(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > headerSize + frameHeaderSize else { return false }
        func number(_ offset: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 << 8 | UInt32(bytes[offset + $1]) }
        }
        let pageSize = Int(number(8))
        guard number(0) & ~1 == magic, pageSize >= 512, pageSize <= 65536,
            pageSize & (pageSize - 1) == 0
        else { return true }
        var sum = Checksum(isBigEndian: number(0) & 1 == 1)
        sum.add(bytes[0..<24])
        guard sum.isStored(in: bytes, at: 24) else { return true }

        var isBroken = false
        // Behind a frame that is not whole either its checksum holds or what it should have been.
        var sums = [sum]
        for offset in stride(
            from: headerSize,
            through: bytes.count - frameHeaderSize - pageSize,
            by: frameHeaderSize + pageSize
        ) {
            // Frames with another salt are left from the log's earlier use.
            let isCurrent = bytes[offset + 8..<offset + 16] == bytes[16..<24]
            for index in sums.indices {
                sums[index].add(bytes[offset..<offset + 8])
                sums[index].add(
                    bytes[offset + frameHeaderSize..<offset + frameHeaderSize + pageSize]
                )
            }
            let isWhole = isCurrent && sums.contains { $0.isStored(in: bytes, at: offset + 16) }
            // Of the frames of a commit the last says how large the database has become.
            if isWhole && isBroken && number(offset + 4) > 0 { return true }
            isBroken = isBroken || !isWhole
            var stored = sum
            stored.take(from: bytes, at: offset + 16)
            sums = isWhole ? [stored] : [stored, sums[0]]
        }
        return false
    }
}

/// The log's running checksum: each frame's goes on from the one before.
private struct Checksum {
    let isBigEndian: Bool
    private var first: UInt32 = 0
    private var second: UInt32 = 0

    init(isBigEndian: Bool) {
        self.isBigEndian = isBigEndian
    }

    /// Takes in a multiple of eight bytes.
    mutating func add(_ bytes: ArraySlice<UInt8>) {
        var (one, two) = (first, second)
        bytes.withUnsafeBytes { bytes in
            for offset in stride(from: 0, to: bytes.count, by: 8) {
                one = one &+ word(bytes, offset) &+ two
                two = two &+ word(bytes, offset + 4) &+ one
            }
        }
        (first, second) = (one, two)
    }

    private func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt32 {
        let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        return isBigEndian ? UInt32(bigEndian: word) : UInt32(littleEndian: word)
    }

    /// Whether it is the one that stands there, always in big-endian.
    func isStored(in bytes: [UInt8], at offset: Int) -> Bool {
        var stored = self
        stored.take(from: bytes, at: offset)
        return stored.first == first && stored.second == second
    }

    /// Goes on from the one that stands there.
    mutating func take(from bytes: [UInt8], at offset: Int) {
        func number(_ offset: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 << 8 | UInt32(bytes[offset + $1]) }
        }
        (first, second) = (number(offset), number(offset + 4))
    }
}
