/// Writes boxes (ISO/IEC 14496-12 §4.2).
enum BoxWriter {
    static func box(_ type: String, _ body: [UInt8]) -> [UInt8] {
        number(UInt32(body.count + 8)) + Array(type.utf8) + body
    }

    /// The highest byte first.
    static func number<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
        (0..<Number.bitWidth / 8).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
