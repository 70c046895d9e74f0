/// A chunked body (RFC 9112 §7.1): every cut decodes to the same, and to what a decoder that has
/// it whole would find.
enum ChunkedFuzz: FuzzTarget {
    /// Small, so that short inputs reach them.
    private static let bodyLimit = 64
    private static let trailerLimit = 64

    static func check(_ input: [UInt8]) {
        let whole = decode([input[...]])
        for pieces in Cuts.of(input) {
            let cut = decode(pieces)
            require(cut == whole, "Cut, it is \(cut); whole, \(whole).")
        }
        let expected = reference(input)
        guard case .complete(let body, let consumed) = whole else {
            require(expected == nil, "\(whole), but it is a whole body.")
            return
        }
        require(
            expected?.body == body && expected?.consumed == consumed,
            "\(whole) instead of \(String(describing: expected))."
        )
        for size in [1, 5, bodyLimit] {
            let encoded = encode(body, chunkSize: size)
            require(
                decode([encoded[...]]) == .complete(body, consumed: encoded.count),
                "\(encoded) must decode to \(body)."
            )
        }
    }

    private enum Outcome: Equatable {
        case complete([UInt8], consumed: Int)
        case incomplete([UInt8])
        case refused(status: Int)
    }

    private static func decode(_ pieces: [ArraySlice<UInt8>]) -> Outcome {
        var decoder = ChunkedDecoder(bodyLimit: bodyLimit, trailerLimit: trailerLimit)
        var body: [UInt8] = []
        var consumed = 0
        // A failed call may have appended too; the limit holds all the same.
        defer { require(body.count <= bodyLimit, "The body outgrew its limit.") }
        do throws(HTTPError) {
            for piece in pieces where !decoder.isComplete {
                let count = try decoder.decode(Array(piece).span, into: &body)
                consumed += count
                require(count == piece.count || decoder.isComplete, "Bytes were left.")
            }
        } catch {
            return .refused(status: error.status.code)
        }
        return decoder.isComplete ? .complete(body, consumed: consumed) : .incomplete(body)
    }

    /// The body by the grammar, line by line; nil if it is malformed, too long or not all there.
    /// No input is long enough for the limit on extensions.
    private static func reference(_ input: [UInt8]) -> (body: [UInt8], consumed: Int)? {
        var body: [UInt8] = []
        var rest = input[...]
        func takeLine() -> ArraySlice<UInt8>? {
            guard let end = rest.firstIndex(of: 0x0D), rest[end...].starts(with: [0x0D, 0x0A])
            else { return nil }
            defer { rest = rest[(end + 2)...] }
            return rest[..<end]
        }
        func take(_ count: Int) -> ArraySlice<UInt8>? {
            guard rest.count >= count else { return nil }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }
        while true {
            guard let line = takeLine(), line.allSatisfy(isText) else { return nil }
            let digits = line.prefix(while: isHex)
            let rest = line.dropFirst(digits.count)
            guard
                (1...15).contains(digits.count),
                let size = Int(String(decoding: digits, as: UTF8.self), radix: 16),
                rest.isEmpty || rest.first(where: { !isBlank($0) }) == UInt8(ascii: ";")
            else { return nil }
            guard size > 0 else { break }
            guard let chunk = take(size), body.count + size <= bodyLimit else { return nil }
            body += chunk
            guard takeLine()?.isEmpty == true else { return nil }
        }
        var trailerBytes = 0
        while let line = takeLine() {
            trailerBytes += line.count + 2
            guard trailerBytes <= trailerLimit else { return nil }
            if line.isEmpty { return (body, input.count - rest.count) }
            let parts = line.split(
                separator: UInt8(ascii: ":"),
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            guard
                parts.count == 2, WireRules.isName(String(decoding: parts[0], as: UTF8.self)),
                parts[1].allSatisfy(isText)
            else { return nil }
        }
        return nil
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    private static func isText(_ byte: UInt8) -> Bool {
        byte == 0x09 || byte >= 0x20 && byte != 0x7F
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        "0123456789abcdefABCDEF".utf8.contains(byte)
    }

    private static func encode(_ body: [UInt8], chunkSize: Int) -> [UInt8] {
        var encoded: [UInt8] = []
        for start in stride(from: 0, to: body.count, by: chunkSize) {
            let chunk = body[start...].prefix(chunkSize)
            encoded += Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk
            encoded += [0x0D, 0x0A]
        }
        return encoded + Array("0\r\n\r\n".utf8)
    }
}
