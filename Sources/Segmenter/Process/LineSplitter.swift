/// Cuts a stream of bytes into lines, at LF or CR, each at most `limit` bytes.
struct LineSplitter: Sendable {
    private static let limit = 4096
    private var partial: [UInt8] = []

    /// The lines that `bytes` complete; empty ones are left out.
    mutating func lines(adding bytes: UnsafeRawBufferPointer) -> [String] {
        var lines: [String] = []
        for byte in bytes {
            if byte == 0x0A || byte == 0x0D {
                if !partial.isEmpty { lines.append(String(decoding: partial, as: UTF8.self)) }
                partial.removeAll(keepingCapacity: true)
            } else if partial.count < Self.limit {
                partial.append(byte)
            }
        }
        return lines
    }

    /// What is left when the stream ends without a line ending.
    mutating func finish() -> String? {
        defer { partial = [] }
        return partial.isEmpty ? nil : String(decoding: partial, as: UTF8.self)
    }
}
