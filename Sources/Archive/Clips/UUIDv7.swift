package import Segmenter

/// Makes identifiers that sort by the time of their making (RFC 9562 §5.7).
package enum UUIDv7 {
    /// 48 bits of milliseconds, version 7, and 74 random bits, in the usual 8-4-4-4-12 form.
    package static func make(at time: Timestamp) -> String {
        let milliseconds = UInt64(time.microseconds / 1000) & 0xFFFF_FFFF_FFFF
        let high = milliseconds << 16 | 0x7000 | UInt64.random(in: 0...0x0FFF)
        let low = 0x8000_0000_0000_0000 | UInt64.random(in: 0...0x3FFF_FFFF_FFFF_FFFF)
        let digits = Array(hex(high) + hex(low))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
            .map { String(digits[$0]) }
            .joined(separator: "-")
    }

    /// Whether `text` has the form of an identifier made here.
    package static func isValid(_ text: String) -> Bool {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        return groups.map(\.count) == [8, 4, 4, 4, 12]
            && groups.allSatisfy { $0.allSatisfy("0123456789abcdef".contains) }
            && groups[2].first == "7" && "89ab".contains(groups[3].first!)
    }

    private static func hex(_ value: UInt64) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}
