/// Reads a raw byte sequence payload bit by bit (ITU-T H.264 §7.2, §9.1).
struct BitReader {
    let bytes: [UInt8]
    private(set) var position: Int

    init(_ bytes: [UInt8], at position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    var count: Int { bytes.count * 8 }

    mutating func bit() throws(SegmenterError) -> Bool {
        guard position < count else {
            throw .malformedMedia("a NAL unit ends before its fields do")
        }
        defer { position += 1 }
        return bytes[position / 8] >> (7 - position % 8) & 1 == 1
    }

    mutating func bits(_ count: Int) throws(SegmenterError) -> Int {
        var value = 0
        for _ in 0..<count { value = value << 1 | (try bit() ? 1 : 0) }
        return value
    }

    /// ue(v)
    mutating func unsigned() throws(SegmenterError) -> Int {
        var zeros = 0
        while try !bit() {
            zeros += 1
            guard zeros <= 32 else { throw .malformedMedia("a number of more than 32 bits") }
        }
        return 1 << zeros - 1 + (try bits(zeros))
    }

    /// se(v)
    mutating func signed() throws(SegmenterError) -> Int {
        let code = try unsigned()
        return code % 2 == 1 ? (code + 1) / 2 : -code / 2
    }
}

/// Writes one bit by bit.
struct BitWriter {
    private(set) var bytes: [UInt8] = []
    private(set) var count = 0

    mutating func append(_ bit: Bool) {
        if count % 8 == 0 { bytes.append(0) }
        if bit { bytes[count / 8] |= 0x80 >> UInt8(count % 8) }
        count += 1
    }

    /// ue(v)
    mutating func append(unsigned value: Int) {
        let code = value + 1
        let length = Int.bitWidth - code.leadingZeroBitCount
        for _ in 1..<length { append(false) }
        for place in (0..<length).reversed() { append(code >> place & 1 == 1) }
    }

    /// What another payload has from one bit to another.
    mutating func append(_ range: Range<Int>, of source: [UInt8]) {
        for position in range { append(source[position / 8] >> (7 - position % 8) & 1 == 1) }
    }

    /// Whole bytes, at a byte's beginning.
    mutating func append(bytes more: ArraySlice<UInt8>) {
        bytes += more
        count = bytes.count * 8
    }
}
