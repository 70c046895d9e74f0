/// Bytes received and not yet understood; holds no memory while empty.
struct InputBuffer {
    private(set) var bytes: [UInt8] = []

    /// Where in `bytes` the unread ones begin.
    private(set) var start = 0

    var isEmpty: Bool { start == bytes.count }

    mutating func append(_ received: UnsafeRawBufferPointer) {
        if start > 0 {
            bytes.removeFirst(start)
            start = 0
        }
        bytes.append(contentsOf: received)
    }

    /// Forgets the bytes before a position.
    mutating func consume(upTo position: Int) {
        start = position
        if isEmpty { self = InputBuffer() }
    }
}
