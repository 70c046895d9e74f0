/// Reads a `.env` file: `NAME=value` lines, `#` comments, optional quotes and `export`.
enum DotEnv {
    /// The settings in `text`; a line that is none of these is an error that names it.
    static func parse(_ text: String) throws(UsageError) -> [String: String] {
        var values: [String: String] = [:]
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (number, raw) in zip(1..., lines) {
            var line = trim(raw)
            if line.isEmpty || line.hasPrefix("#") { continue }
            if line.hasPrefix("export ") { line = trim(line.dropFirst("export ".count)) }
            guard let equals = line.firstIndex(of: "=") else {
                throw UsageError(".env line \(number): expected NAME=value, found \"\(line)\"")
            }
            let name = trim(line[..<equals])
            guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else {
                throw UsageError(".env line \(number): \"\(name)\" cannot be a setting's name")
            }
            values[String(name)] = try value(trim(line[line.index(after: equals)...]), number)
        }
        return values
    }

    private static func value(_ text: Substring, _ line: Int) throws(UsageError) -> String {
        guard let quote = text.first, quote == "\"" || quote == "'" else {
            // A comment starts at a # after white space: a URL may hold one.
            let comment = text.indices.first { index in
                text[index] == "#" && index > text.startIndex
                    && text[text.index(before: index)].isWhitespace
            }
            return String(trim(text[..<(comment ?? text.endIndex)]))
        }
        let rest = text.dropFirst()
        guard let end = rest.firstIndex(of: quote) else {
            throw UsageError(".env line \(line): the quote is not closed")
        }
        return String(rest[..<end])
    }

    private static func trim(_ text: Substring) -> Substring {
        let start = text.drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return start[...end]
    }
}
