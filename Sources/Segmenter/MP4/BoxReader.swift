/// Walks the boxes of an ISO base media file (ISO/IEC 14496-12 §4.2) held in memory.
///
/// Reading past the end throws: nothing here trusts a size that a file states.
struct BoxReader {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    struct Box {
        let type: String
        let body: ArraySlice<UInt8>
    }

    /// The next box, or nil at the end.
    mutating func next() throws(SegmenterError) -> Box? {
        guard position < bytes.endIndex else { return nil }
        let start = position
        var size = Int(try unsigned32())
        let type = String(decoding: try take(4), as: UTF8.self)
        if size == 1 { size = Int(clamping: try unsigned64()) }
        if size == 0 { size = bytes.endIndex - start }
        guard size >= position - start, size <= bytes.endIndex - start else {
            throw .malformedMedia("a \(type) box of \(size) bytes does not fit its container")
        }
        let body = bytes[position..<start + size]
        position = start + size
        return Box(type: type, body: body)
    }

    /// The first child box along `path`, each a child of the one before.
    static func find(
        _ path: String...,
        in bytes: ArraySlice<UInt8>
    ) throws(SegmenterError) -> ArraySlice<UInt8>? {
        var container = bytes
        for type in path {
            guard let box = try all(type, in: container).first else { return nil }
            container = box
        }
        return container
    }

    /// The bodies of all child boxes of one type, in order.
    static func all(
        _ type: String,
        in bytes: ArraySlice<UInt8>
    ) throws(SegmenterError) -> [ArraySlice<UInt8>] {
        var reader = BoxReader(bytes)
        var found: [ArraySlice<UInt8>] = []
        while let box = try reader.next() {
            if box.type == type { found.append(box.body) }
        }
        return found
    }

    mutating func take(_ count: Int) throws(SegmenterError) -> ArraySlice<UInt8> {
        guard count >= 0, bytes.endIndex - position >= count else {
            throw .malformedMedia("a box ends before its fields do")
        }
        defer { position += count }
        return bytes[position..<position + count]
    }

    /// What has not been read yet.
    var rest: ArraySlice<UInt8> { bytes[position...] }

    mutating func skip(_ count: Int) throws(SegmenterError) {
        _ = try take(count)
    }

    mutating func unsigned16() throws(SegmenterError) -> UInt16 {
        try take(2).reduce(0) { $0 << 8 | UInt16($1) }
    }

    mutating func unsigned32() throws(SegmenterError) -> UInt32 {
        try take(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    mutating func unsigned64() throws(SegmenterError) -> UInt64 {
        try take(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
