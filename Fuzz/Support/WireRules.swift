/// RFC 9112's rules for a request head, looked at by other means than the parser's: whatever the
/// parser lets pass must keep them.
enum WireRules {
    static func check(_ head: RequestHead, wire: [UInt8], limits: ParserLimits) {
        checkBytes(wire)
        var lines = String(decoding: wire, as: UTF8.self)
            .split(separator: "\r\n" as Character, omittingEmptySubsequences: false)
            .map(String.init)
        // One empty line may come before (§2.2); two ends of line after the last field.
        if lines.first == "" { lines.removeFirst() }
        require(lines.suffix(2) == ["", ""], "A head must end with an empty line.")
        lines.removeLast(2)

        let requestLine = lines.removeFirst()
        require(requestLine.utf8.count + 2 <= limits.requestLine, "The request line is too long.")
        let words = requestLine.split(separator: " ", omittingEmptySubsequences: false)
        require(words.count == 3, "A request line has three parts (§3).")
        require(String(words[0]) == head.method.rawValue, "The method is another.")
        require(words[2].hasPrefix("HTTP/1."), "The version is another.")

        checkFields(lines, of: head, limits: limits)
    }

    private static func checkBytes(_ wire: [UInt8]) {
        for (index, byte) in wire.enumerated() {
            switch byte {
            case 0x0D: require(wire[index + 1] == 0x0A, "A bare CR (§2.2).")
            case 0x0A: require(wire[index - 1] == 0x0D, "A bare LF (§2.2).")
            case 0x09: break
            default: require(byte >= 0x20 && byte != 0x7F, "A control character.")
            }
        }
    }

    private static func checkFields(_ lines: [String], of head: RequestHead, limits: ParserLimits) {
        require(lines.count <= limits.headerCount, "Too many fields.")
        var fields = lines.map(field)
        let names = fields.map { $0.name.lowercased() }

        let hosts = names.count { $0 == "host" }
        require(hosts == 1 || hosts == 0 && head.version == .http10, "One Host (§3.2).")
        checkFraming(fields, names, of: head, limits: limits)

        if let authority = head.target.authority {
            fields.removeAll { $0.name.lowercased() == "host" }
            fields.append((name: "Host", value: authority))
        }
        require(
            fields.elementsEqual(head.headers) { $0.name == $1.name && $0.value == $1.value },
            "The fields are others than were sent."
        )
        checkLookUp(fields, in: head.headers)
    }

    private static func field(_ line: String) -> (name: String, value: String) {
        let parts = line.unicodeScalars.split(
            separator: ":",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        require(parts.count == 2, "A field without a colon (§5).")
        let name = String(parts[0])
        require(isName(name), "A name that is no token (§5.1).")
        var value = parts[1][...]
        while value.first == " " || value.first == "\t" { value.removeFirst() }
        while value.last == " " || value.last == "\t" { value.removeLast() }
        return (name, String(value))
    }

    /// Whether a field could be named so: a token (RFC 9110 §5.6.2).
    static func isName(_ text: String) -> Bool {
        let others = "!#$%&'*+-.^_`|~"
        return !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch UnicodeScalar(byte) {
                case "0"..."9", "a"..."z", "A"..."Z": true
                default: others.utf8.contains(byte)
                }
            }
    }

    /// Fields are found by any spelling of their names.
    private static func checkLookUp(
        _ fields: [(name: String, value: String)],
        in headers: HeaderFields
    ) {
        for name in fields.map({ $0.name.uppercased() }) + ["Absent"] {
            let values = fields.filter { $0.name.uppercased() == name }.map(\.value)
            require(headers.values(of: name) == values, "\(name) has other values.")
            require(headers[name] == values.first, "\(name) has another first value.")
            require(headers.contains(name) == !values.isEmpty, "\(name) is there, or isn't.")
            require(headers.repeats(name) == (values.count > 1), "\(name) repeats, or doesn't.")
            var fewer = headers
            fewer[name] = nil
            require(
                fewer.count == fields.count - values.count && !fewer.contains(name),
                "\(name) can't be removed."
            )
        }
    }

    /// §6.3: nothing that another recipient could frame differently.
    private static func checkFraming(
        _ fields: [(name: String, value: String)],
        _ names: [String],
        of head: RequestHead,
        limits: ParserLimits
    ) {
        func values(_ name: String) -> [String] {
            zip(names, fields).filter { $0.0 == name }.map { $0.1.value }
        }
        let lengths = values("content-length")
        let codings = values("transfer-encoding")
        switch head.framing {
        case .chunked:
            require(lengths.isEmpty && head.version == .http11, "Two framings.")
            require(codings.map { $0.lowercased() } == ["chunked"], "Another coding.")
        case .sized, .none:
            require(codings.isEmpty && lengths.count <= 1, "Two framings.")
            let size = lengths.first.map { Int($0) ?? -1 } ?? 0
            require(0...limits.body ~= size, "A length that isn't one, or is beyond the limit.")
            require(head.framing == (size == 0 ? .none : .sized(size)), "Another length.")
        }
    }
}
