import Glibc

extension Span<UInt8> {
    var text: String {
        withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    func equals(_ text: StaticString) -> Bool {
        withUnsafeBufferPointer { bytes in
            guard bytes.count == text.utf8CodeUnitCount else { return false }
            guard let start = bytes.baseAddress else { return true }
            return memcmp(start, text.utf8Start, bytes.count) == 0
        }
    }

    /// Where a byte first stands at or after `start`.
    func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        withUnsafeBufferPointer { buffer in
            guard start < buffer.count, let base = buffer.baseAddress else { return nil }
            guard let found = memchr(base + start, Int32(byte), buffer.count - start) else {
                return nil
            }
            return UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }
    }

    func allSatisfy(_ predicate: (UInt8) -> Bool) -> Bool {
        withUnsafeBufferPointer { $0.allSatisfy(predicate) }
    }

    /// Without the optional white space around it (OWS, RFC 9110 §5.6.3).
    func trimmedRange(from start: Int) -> Range<Int> {
        var lower = start
        var upper = count
        while lower < upper, ASCII.isWhitespace(self[lower]) { lower += 1 }
        while upper > lower, ASCII.isWhitespace(self[upper - 1]) { upper -= 1 }
        return lower..<upper
    }
}
