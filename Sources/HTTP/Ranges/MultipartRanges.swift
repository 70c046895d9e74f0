/// Several ranges of one file as a multipart/byteranges message (RFC 9110 §14.6).
struct MultipartRanges {
    let contentType: String
    let body: ResponseBody

    init(_ ranges: [Range<Int>], of file: OpenFile, contentType: String) {
        // A random boundary can't be foreseen, so no file can hold it on purpose.
        let random = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))
        let boundary = String(random.0, radix: 36) + String(random.1, radix: 36)
        self.init(ranges, of: file, contentType: contentType, boundary: boundary)
    }

    init(_ ranges: [Range<Int>], of file: OpenFile, contentType: String, boundary: String) {
        var pieces: [ResponseBody.Piece] = []
        for range in ranges {
            let head =
                "\r\n--\(boundary)\r\nContent-Type: \(contentType)\r\n"
                + "Content-Range: \(ContentRange.text(range, size: file.size))\r\n\r\n"
            pieces.append(.bytes(Array(head.utf8)))
            pieces.append(.file(file, range: range))
        }
        pieces.append(.bytes(Array("\r\n--\(boundary)--\r\n".utf8)))
        self.contentType = "multipart/byteranges; boundary=\(boundary)"
        body = .pieces(pieces)
    }
}
