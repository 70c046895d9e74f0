/// What an HTTP source's first bytes show that ffmpeg's log does not say.
///
/// ffmpeg's reader of multipart MJPEG wants it by the book, and never tells whether each picture's length
/// stands before it: on that hangs when it hands a picture on. Its reader of bare JPEGs takes any.
enum StreamBeginning: Sendable, Hashable {
    struct Pictures: Sendable, Hashable {
        /// Multipart as ffmpeg's reader wants it, and each part states its length.
        var haveLengths: Bool
        /// Nil if they are larger than may be decoded.
        var size: PictureSize?
    }

    case pictures(Pictures)
    /// No Motion JPEG: whatever it is, ffmpeg finds out.
    case other

    /// What stands before the first picture, at most, and how far into it its size is looked for.
    private static let reach = (head: 8192, picture: 131_072)

    /// - Returns: nil if there are too few bytes to tell.
    init?(_ bytes: [UInt8]) {
        let start = bytes.indices.dropLast(2).first {
            bytes[$0...].starts(with: [0xFF, 0xD8, 0xFF])
        }
        let head = bytes[..<(start ?? bytes.count)]
        // A picture's first bytes may be all there is yet of it.
        let text = start == nil ? head.prefix { $0 != 0xFF } : head
        guard text.allSatisfy(Self.isText), text.count <= Self.reach.head else {
            self = .other
            return
        }
        guard let start else { return nil }
        let picture = bytes[start...]
        let size = JPEGHeader.size(picture)
        guard size != nil || picture.count > Self.reach.picture else { return nil }
        self = .pictures(
            Pictures(
                haveLengths: Self.isByTheBook(head),
                size: size.flatMap { $0.width * $0.height <= PictureSize.largestArea ? $0 : nil }
            )
        )
    }

    private static func isText(_ byte: UInt8) -> Bool {
        (0x20...0x7E).contains(byte) || [0x09, 0x0A, 0x0D].contains(byte)
    }

    /// A boundary, then fields, a length and the plain type among them, then an empty line.
    private static func isByTheBook(_ head: ArraySlice<UInt8>) -> Bool {
        var lines = String(decoding: head, as: UTF8.self).unicodeScalars
            .split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in
                var text = String(line)
                while text.unicodeScalars.last?.properties.isWhitespace == true {
                    text.unicodeScalars.removeLast()
                }
                return text
            }
        // RFC 2046 §5.1.1: the line's end before a boundary belongs to it.
        if lines.first == "" { lines.removeFirst() }
        guard lines.count >= 4, lines[0].hasPrefix("--"), lines.suffix(2) == ["", ""] else {
            return false
        }
        var (hasLength, hasType) = (false, false)
        for line in lines[1..<lines.count - 2] {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { return false }
            let value = parts[1].drop { $0 == " " || $0 == "\t" }
            switch parts[0].lowercased() {
            case "content-length": hasLength = Int(value).map { $0 > 0 } ?? false
            case "content-type": hasType = value.lowercased() == "image/jpeg"
            default: break
            }
        }
        return hasLength && hasType
    }
}
