import Synchronization

/// What a request is called in answers and logs: the field `X-Request-Id`.
package enum RequestID {
    package static let field = "X-Request-Id"

    /// 60 bits are 15 digits, which Swift keeps without allocating.
    private static let digits = 15

    private static let counter = Atomic(UInt64.random(in: 0...UInt64.max))

    /// A new id; none comes twice in the life of the program.
    package static func make() -> String {
        let count = counter.add(1, ordering: .relaxed).newValue
        // An odd factor maps 60 bits one to one, and spreads what only counts up.
        let bits = count &* 0x9E37_79B9_7F4A_7C15
        return String(unsafeUninitializedCapacity: digits) { buffer in
            for index in 0..<digits {
                buffer[index] = ASCII.hexDigit(UInt8(truncatingIfNeeded: bits >> (4 * index)) & 0xF)
            }
            return digits
        }
    }

    /// The id that a client or proxy gave, if it is one to keep: 1 to 128 visible characters.
    package static func accept(_ text: String?) -> String? {
        guard let text, (1...128).contains(text.utf8.count), text.utf8.allSatisfy(ASCII.isVisible)
        else { return nil }
        return text
    }
}
