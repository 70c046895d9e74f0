/// Percent-decoding and query strings beside a second, simpler implementation.
enum EncodingFuzz: FuzzTarget {
    static func check(_ input: [UInt8]) {
        require(
            PercentEncoding.decodePath(input) == decodedPath(input),
            "A path decodes differently."
        )
        require(
            PercentEncoding.decodeFormField(input) == decodedField(input),
            "A form field decodes differently."
        )
        checkIdentity(input)
        // A request line is ASCII: nothing else reaches the query and the target.
        guard input.allSatisfy({ $0 < 0x80 }) else { return }
        let text = String(decoding: input, as: UTF8.self)
        checkQuery(text)
        checkTarget("/" + text)
    }

    /// What is encoded comes back, whichever way it was written.
    private static func checkIdentity(_ input: [UInt8]) {
        guard let text = utf8(input), !input.contains(0) else { return }
        let isPath = !input.contains { $0 < 0x20 || $0 == 0x7F }
        for encoded in [
            input.map { hex($0) }.joined(),
            input.map { hex($0).lowercased() }.joined(),
            input.map { isPlain($0) ? String(UnicodeScalar($0)) : hex($0) }.joined(),
        ] {
            let path = PercentEncoding.decodePath(encoded.utf8)
            require(path == (isPath ? text : nil), "\(encoded) became \(path ?? "nil").")
            let field = PercentEncoding.decodeFormField(encoded.utf8)
            require(field == text, "\(encoded) became \(field ?? "nil").")
            let query = QueryString("\(encoded)=\(encoded)&\(encoded)")
            require(
                query?.values(of: text) == (text.isEmpty ? [""] : [text, ""]),
                "The query of \(encoded) holds \(query?.pairs ?? [])."
            )
        }
    }

    private static func checkQuery(_ text: String) {
        let found = QueryString(text)?.pairs.map { [$0.name, $0.value] }
        var expected: [[String]]? = []
        for field in text.utf8.split(separator: UInt8(ascii: "&")) {
            let end = field.firstIndex(of: UInt8(ascii: "=")) ?? field.endIndex
            if let name = decodedField(Array(field[..<end])),
                let value = decodedField(Array(field[end...].dropFirst()))
            {
                expected?.append([name, value])
            } else {
                expected = nil
            }
        }
        require(found == expected, "The query \(text) is \(found ?? []), not \(expected ?? []).")
    }

    /// A target's path is decoded once, and its parts are the path's.
    private static func checkTarget(_ text: String) {
        let target = try? RequestTarget(origin: text)
        let rawPath = Array(text.utf8.prefix { $0 != UInt8(ascii: "?") })
        guard let target else { return }
        require(
            target.path
                == (rawPath.contains(UInt8(ascii: "%")) ? decodedPath(rawPath) : utf8(rawPath)),
            "\(text) has the path \(target.path)."
        )
        require(
            target.path == "/" + target.segments.joined(separator: "/"),
            "\(target.path) has the parts \(target.segments)."
        )
    }

    private static func decodedPath(_ input: [UInt8]) -> String? {
        guard let bytes = decoded(input) else { return nil }
        return bytes.contains { $0 < 0x20 || $0 == 0x7F } ? nil : utf8(bytes)
    }

    private static func decodedField(_ input: [UInt8]) -> String? {
        let spaced = input.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
        guard let bytes = decoded(spaced) else { return nil }
        return bytes.contains(0) ? nil : utf8(bytes)
    }

    /// Cut at every `%`: each piece but the first must begin with two digits.
    private static func decoded(_ input: [UInt8]) -> [UInt8]? {
        let pieces = input.split(separator: UInt8(ascii: "%"), omittingEmptySubsequences: false)
        var bytes = Array(pieces[0])
        for piece in pieces.dropFirst() {
            let digits = String(decoding: piece.prefix(2), as: UTF8.self)
            guard digits.count == 2, digits.allSatisfy(\.isHexDigit), digits.utf8.count == 2,
                let byte = UInt8(digits, radix: 16)
            else { return nil }
            bytes.append(byte)
            bytes += piece.dropFirst(2)
        }
        return bytes
    }

    /// Text, if decoding with repair changes nothing.
    private static func utf8(_ bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.utf8.elementsEqual(bytes) ? text : nil
    }

    private static func hex(_ byte: UInt8) -> String {
        "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        let scalar = Character(UnicodeScalar(byte))
        return scalar.isASCII && (scalar.isLetter || scalar.isNumber || "-._~".contains(scalar))
    }
}
