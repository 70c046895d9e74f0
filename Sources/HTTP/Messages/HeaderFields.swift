/// The fields of a message in the order they came, repeats kept, names matched without regard to
/// case (RFC 9110 §5).
///
/// Kept as one block of bytes in wire form beside an index, so that a parsed head costs two
/// allocations however many fields it has, and writing one out is a copy.
package struct HeaderFields: Sendable {
    /// Every field as `name: value CRLF`, back to back; removed fields leave gaps.
    private var bytes: [UInt8] = []
    private var entries: [Entry] = []

    /// Where one field lies in `bytes`; the value starts two bytes after the name.
    private struct Entry: Sendable {
        var start: Int
        var nameLength: Int
        var valueLength: Int

        var name: Range<Int> { start..<start + nameLength }
        var value: Range<Int> { name.upperBound + 2..<name.upperBound + 2 + valueLength }
        var line: Range<Int> { start..<value.upperBound + 2 }
    }

    package init() {}

    package var count: Int { entries.count }
    package var isEmpty: Bool { entries.isEmpty }

    /// The first value of a field; setting replaces every field of that name, nil removes them.
    package subscript(name: String) -> String? {
        get { index(of: name).map { text(entries[$0].value) } }
        set {
            remove(name)
            if let newValue { append(name, newValue) }
        }
    }

    /// Every value of a field, in order.
    package func values(of name: String) -> [String] {
        entries.filter { matches($0, name) }.map { text($0.value) }
    }

    /// The values of a list-based field as one list (RFC 9110 §5.3), nil if there are none.
    package func combined(_ name: String) -> String? {
        guard let first = index(of: name) else { return nil }
        var list = text(entries[first].value)
        for entry in entries[(first + 1)...] where matches(entry, name) {
            list += ", " + text(entry.value)
        }
        return list
    }

    package func contains(_ name: String) -> Bool {
        index(of: name) != nil
    }

    /// Adds a field after those already there.
    ///
    /// CR, LF and NUL in the value become spaces (RFC 9110 §5.5), so that no value, wherever it
    /// came from, can end its line.
    package mutating func append(_ name: String, _ value: String) {
        if entries.isEmpty { reserveForMessage() }
        let start = bytes.count
        bytes.append(contentsOf: name.utf8)
        bytes.append(ASCII.colon)
        bytes.append(ASCII.space)
        let valueStart = bytes.count
        bytes.append(contentsOf: value.utf8)
        for index in valueStart..<bytes.count where Self.endsLine(bytes[index]) {
            bytes[index] = ASCII.space
        }
        let valueLength = bytes.count - valueStart
        bytes.append(ASCII.cr)
        bytes.append(ASCII.lf)
        entries.append(
            Entry(start: start, nameLength: valueStart - start - 2, valueLength: valueLength)
        )
    }

    package mutating func append(contentsOf other: HeaderFields) {
        for (name, value) in other { append(name, value) }
    }

    package mutating func remove(_ name: String) {
        guard contains(name) else { return }
        entries = entries.filter { !matches($0, name) }
    }

    /// Whether a list-based field names `token`, without regard to case.
    func hasToken(_ token: String, in name: String) -> Bool {
        guard let list = combined(name) else { return false }
        return list.utf8.split(separator: ASCII.comma).contains { element in
            ASCII.equalIgnoringCase(ASCII.trim(element), token.utf8)
        }
    }

    /// Adds a field the parser has found valid.
    mutating func appendParsed(name: Span<UInt8>, value: Span<UInt8>) {
        if entries.isEmpty { reserveForMessage() }
        let start = bytes.count
        name.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        bytes.append(ASCII.colon)
        bytes.append(ASCII.space)
        value.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        bytes.append(ASCII.cr)
        bytes.append(ASCII.lf)
        entries.append(Entry(start: start, nameLength: name.count, valueLength: value.count))
    }

    /// Appends every field in wire form, but for those of the given names.
    func write(to output: inout [UInt8], except names: [String]) {
        for entry in entries where !names.contains(where: { matches(entry, $0) }) {
            output.append(contentsOf: bytes[entry.line])
        }
    }

    /// Room for most messages, so that few grow step by step.
    private mutating func reserveForMessage() {
        bytes.reserveCapacity(512)
        entries.reserveCapacity(12)
    }

    private static func endsLine(_ byte: UInt8) -> Bool {
        byte == ASCII.cr || byte == ASCII.lf || byte == 0
    }

    private func index(of name: String) -> Int? {
        entries.firstIndex { matches($0, name) }
    }

    private func matches(_ entry: Entry, _ name: String) -> Bool {
        guard entry.nameLength == name.utf8.count else { return false }
        return ASCII.equalIgnoringCase(bytes[entry.name], name.utf8)
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }
}

extension HeaderFields: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { append(name, value) }
    }
}

extension HeaderFields: Sequence {
    package func makeIterator() -> some IteratorProtocol<(name: String, value: String)> {
        entries.lazy.map { (name: text($0.name), value: text($0.value)) }.makeIterator()
    }
}
