import Testing

@testable import HTTP

@Suite("Byte buffer")
struct ByteBufferTests {
    @Test("What goes in comes out in order, however it is taken, also when it has to move")
    func order() {
        var buffer = ByteBuffer()
        var expected: [UInt8] = []
        var taken: [UInt8] = []
        for round in 0..<200 {
            let piece = (0..<round * 7 % 97).map { UInt8(truncatingIfNeeded: $0 &* round) }
            buffer.append(piece)
            expected += piece
            let count = min(buffer.count, round * 5 % 83)
            taken += Array(buffer.bytes[..<count])
            buffer.consume(count)
        }
        taken += Array(buffer.bytes)
        #expect(taken == expected)
    }

    @Test("Nothing appended takes no memory")
    func nothing() {
        var buffer = ByteBuffer()
        buffer.append([])
        buffer.append("")
        buffer.append(UnsafeRawBufferPointer(start: nil, count: 0))
        let capacity = buffer.capacity
        #expect(capacity == 0)
    }

    @Test(
        "Numbers are written in their radix",
        arguments: [
            (0, 10, "0"), (9, 10, "9"), (10, 10, "10"), (1024, 10, "1024"),
            (.max, 10, "9223372036854775807"), (255, 16, "ff"), (4096, 16, "1000"),
        ]
    )
    func numbers(_ number: Int, _ radix: Int, _ text: String) {
        var buffer = ByteBuffer()
        buffer.append(number, radix: radix)
        let written = String(decoding: buffer.bytes, as: UTF8.self)
        #expect(written == text)
    }

    @Test("A call that fails or falls short appends what it wrote, and nothing else")
    func calls() {
        var buffer = ByteBuffer()
        let failed = buffer.append(atMost: 100) { _, _ in -1 }
        #expect(failed == -1)
        let written = buffer.append(atMost: 100) { memory, count in
            memory.storeBytes(of: 7, as: UInt8.self)
            return count == 100 ? 1 : 0
        }
        #expect(written == 1)
        let bytes = Array(buffer.bytes)
        #expect(bytes == [7])
    }
}
