@testable import Segmenter

/// An array in a file's place.
struct Bytes: ByteSource {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var size: Int64 { Int64(bytes.count) }

    func read(at offset: Int64, count: Int) -> [UInt8] {
        Array(bytes[Int(offset)...].prefix(count))
    }
}
