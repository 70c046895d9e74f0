/// Where things stand in a JSON text (RFC 8259), for errors that name the line.
///
/// It accepts a little more than JSON is: it serves to find the place of a fault, not to judge.
struct JSONPlaces {
    struct Place: Equatable {
        /// Both from 1.
        let line: Int
        /// In characters.
        let column: Int
    }

    private struct Fault: Error {}

    /// Far more than any settings need; a fault, before recursion takes all of the stack.
    private static let deepest = 100

    private let text: [UInt8]
    private var position = 0
    /// The offset of each value by its path, or of its name if it is a member of an object.
    private var offsets: [[String]: Int] = [:]
    /// Where the text ceases to be JSON; nil if it is JSON to its end.
    private(set) var fault: Place?

    init(_ text: String) {
        self.text = Array(text.utf8)
        do throws(Fault) {
            try readValue(at: [])
            skipBlanks()
            if position < self.text.count { throw Fault() }
        } catch {
            fault = place(at: position)
        }
    }

    /// The place of a value by the names and indices that lead to it; if there is none, of the nearest
    /// that it would be part of.
    func place(of path: [String]) -> Place {
        var path = path
        while true {
            if let offset = offsets[path] { return place(at: offset) }
            if path.popLast() == nil { return place(at: 0) }
        }
    }

    private func place(at offset: Int) -> Place {
        let before = text[..<offset]
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return Place(
            line: before.count { $0 == UInt8(ascii: "\n") } + 1,
            // Bytes that only continue a character in UTF-8 don't count.
            column: text[start..<offset].count { $0 & 0xC0 != 0x80 } + 1
        )
    }

    // MARK: - Reading

    private var next: UInt8? { position < text.count ? text[position] : nil }

    private mutating func skipBlanks() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    /// Takes a character, after blanks, if it is there.
    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(Fault) {
        guard take(character) else { throw Fault() }
    }

    private mutating func readValue(at path: [String]) throws(Fault) {
        skipBlanks()
        guard path.count <= Self.deepest else { throw Fault() }
        if offsets[path] == nil { offsets[path] = position }
        if take("{") {
            try readMembers(of: path)
        } else if take("[") {
            try readElements(of: path)
        } else if next == UInt8(ascii: "\"") {
            _ = try readString()
        } else {
            try readWord()
        }
    }

    private mutating func readMembers(of path: [String]) throws(Fault) {
        while !take("}") {
            skipBlanks()
            let start = position
            let member = path + [try readString()]
            offsets[member] = start
            try expect(":")
            try readValue(at: member)
            if !take(",") { return try expect("}") }
        }
    }

    private mutating func readElements(of path: [String]) throws(Fault) {
        var index = 0
        while !take("]") {
            try readValue(at: path + [String(index)])
            index += 1
            if !take(",") { return try expect("]") }
        }
    }

    /// Escapes stay as they are written: no name that is looked for has any.
    private mutating func readString() throws(Fault) -> String {
        try expect("\"")
        let start = position
        while let byte = next, byte >= 0x20 {
            if byte == UInt8(ascii: "\"") {
                defer { position += 1 }
                return String(decoding: text[start..<position], as: UTF8.self)
            }
            position = min(text.count, position + (byte == UInt8(ascii: "\\") ? 2 : 1))
        }
        throw Fault()
    }

    /// A number, `true`, `false` or `null`.
    private mutating func readWord() throws(Fault) {
        let start = position
        while let byte = next, Self.isPartOfWord(byte) { position += 1 }
        let word = String(decoding: text[start..<position], as: UTF8.self)
        if ["true", "false", "null"].contains(word) { return }
        guard Double(word) != nil else {
            position = start
            throw Fault()
        }
    }

    private static func isPartOfWord(_ byte: UInt8) -> Bool {
        let character = Unicode.Scalar(byte)
        return byte < 0x80
            && (character.properties.isAlphabetic
                || "+-.0123456789".unicodeScalars.contains(character))
    }
}
