/// The content of a response.
package enum ResponseBody: Sendable {
    case empty
    case bytes([UInt8])

    /// A part of a file, sent without passing through this process (sendfile(2)).
    case file(OpenFile, range: Range<Int>)

    /// Several pieces, one after another, such as a multipart/byteranges message.
    case pieces([Piece])

    /// What the closure writes, while it writes it; with the chunked coding if `length` is nil.
    ///
    /// The closure runs in the handler's task after the handler has returned. If it throws, or
    /// writes more or less than `length`, the connection is cut so that the client can tell.
    case stream(length: Int?, @Sendable (BodyWriter) async throws -> Void)

    package enum Piece: Sendable {
        case bytes([UInt8])
        case file(OpenFile, range: Range<Int>)

        var count: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .file(_, let range): range.count
            }
        }
    }

    var isStream: Bool {
        if case .stream = self { true } else { false }
    }

    /// Bytes to come, nil if not known beforehand.
    package var length: Int? {
        switch self {
        case .empty: 0
        case .bytes(let bytes): bytes.count
        case .file(_, let range): range.count
        case .pieces(let pieces): pieces.reduce(0) { $0 + $1.count }
        case .stream(let length, _): length
        }
    }
}
