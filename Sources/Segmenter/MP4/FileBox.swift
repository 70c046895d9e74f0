/// An outermost box of a file, found without reading what is in it.
struct FileBox {
    let type: String
    let offset: Int64
    let length: Int64
    private let headerLength: Int64

    /// Where what is in it begins.
    var bodyOffset: Int64 { offset + headerLength }

    /// The outermost boxes of a file, in order. Throws when one does not fit the file.
    static func all(of file: borrowing File) throws(SegmenterError) -> [FileBox] {
        var boxes: [FileBox] = []
        var offset: Int64 = 0
        while offset < file.size {
            var header = BoxReader(try file.read(at: offset, count: 16)[...])
            var length = Int64(try header.unsigned32())
            let type = String(decoding: try header.take(4), as: UTF8.self)
            var headerLength: Int64 = 8
            if length == 1 {
                length = Int64(clamping: try header.unsigned64())
                headerLength = 16
            }
            if length == 0 { length = file.size - offset }
            guard length >= headerLength, length <= file.size - offset else {
                throw .malformedMedia(
                    "a \(type) box of \(length) bytes reaches past the file's end"
                )
            }
            boxes.append(
                FileBox(type: type, offset: offset, length: length, headerLength: headerLength)
            )
            offset += length
        }
        return boxes
    }

    /// What is in the box.
    func body(from file: borrowing File) throws(SegmenterError) -> [UInt8] {
        let count = Int(length - headerLength)
        let bytes = try file.read(at: offset + headerLength, count: count)
        guard bytes.count == count else { throw .malformedMedia("a \(type) box is cut short") }
        return bytes
    }
}
