import Glibc

/// Bytes on their way through: written at the end, taken from the front.
///
/// Not copyable, so that no write ever has to ask whether it shares its memory.
struct ByteBuffer: ~Copyable {
    private var base: UnsafeMutableRawPointer?
    private var start = 0
    private var end = 0

    private(set) var capacity = 0

    private static let smallest = 512

    deinit {
        free(base)
    }

    var count: Int { end - start }
    var isEmpty: Bool { start == end }

    /// The bytes not yet taken; they stay where they are until the next append.
    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base.map { $0 + start }, count: count)
    }

    /// Forgets bytes at the front.
    mutating func consume(_ count: Int) {
        start += count
        if start == end {
            start = 0
            end = 0
        }
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, !bytes.isEmpty else { return }
        memcpy(room(for: bytes.count), source, bytes.count)
        end += bytes.count
    }

    mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { append($0) }
    }

    mutating func append(_ text: StaticString) {
        append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends a number that isn't negative.
    mutating func append(_ number: Int, radix: Int = 10) {
        var rest = number
        var length = 1
        while rest >= radix {
            rest /= radix
            length += 1
        }
        rest = number
        let digits = room(for: length)
        for place in (0..<length).reversed() {
            let digit = ASCII.hexDigit(UInt8(truncatingIfNeeded: rest % radix))
            digits.storeBytes(of: digit, toByteOffset: place, as: UInt8.self)
            rest /= radix
        }
        end += length
    }

    /// Appends up to `count` bytes by a call that writes them and answers how many, as read(2)
    /// does; answers the same.
    mutating func append(
        atMost count: Int,
        _ write: (UnsafeMutableRawPointer, Int) -> Int
    ) -> Int {
        let written = write(room(for: count), count)
        end += max(0, written)
        return written
    }

    private mutating func room(for count: Int) -> UnsafeMutableRawPointer {
        if end + count > capacity { makeRoom(for: count) }
        return base! + end
    }

    private mutating func makeRoom(for count: Int) {
        if start > 0, let base {
            memmove(base, base + start, self.count)
            end -= start
            start = 0
        }
        guard end + count > capacity else { return }
        var larger = max(capacity, Self.smallest)
        while larger < end + count { larger *= 2 }
        // As a Swift array does: there is nothing to go on with.
        guard let moved = realloc(base, larger) else { fatalError("out of memory") }
        base = moved
        capacity = larger
    }
}
