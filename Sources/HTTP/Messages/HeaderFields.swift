import Glibc

/// The fields of a message in the order they came, repeats kept, names matched without regard to
/// case (RFC 9110 §5).
///
/// Kept as one block of bytes in wire form beside an index, so that a parsed head costs two
/// allocations however many fields it has, and writing one out is a copy.
package struct HeaderFields: Sendable {
    /// Every field as a line with its CR LF, back to back; removed fields leave gaps.
    private var bytes: [UInt8] = []
    private var entries: [Entry] = []

    /// Where one field lies in `bytes`.
    private struct Entry: Sendable {
        /// Tells most names apart at a glance: length, first and last letter.
        var key: UInt32
        var start: UInt32
        var nameLength: UInt32
        var valueStart: UInt32
        var valueLength: UInt32
        var end: UInt32

        var value: Range<Int> { Int(valueStart)..<Int(valueStart + valueLength) }
        var line: Range<Int> { Int(start)..<Int(end) }
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

    /// Looks at the first value of a field as bytes, which spares a string; nil if there is none.
    func withValue<Result>(
        of name: String,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result? {
        guard let index = index(of: name) else { return nil }
        let value = entries[index].value
        return try bytes.withUnsafeBufferPointer { try body(.init(rebasing: $0[value])) }
    }

    /// Every value of a field, in order.
    package func values(of name: String) -> [String] {
        guard let first = index(of: name) else { return [] }
        return entries[first...].filter { matches($0, name) }.map { text($0.value) }
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

    /// Whether a field came more than once.
    func repeats(_ name: String) -> Bool {
        guard let first = index(of: name) else { return false }
        return entries[(first + 1)...].contains { matches($0, name) }
    }

    /// Adds a field after those already there.
    ///
    /// CR, LF and NUL in the value become spaces (RFC 9110 §5.5), so that no value, wherever it
    /// came from, can end its line.
    package mutating func append(_ name: String, _ value: String) {
        append(name) { bytes in Self.withBytes(of: value) { bytes.append(contentsOf: $0) } }
    }

    /// Adds a field whose value is appended to the given bytes.
    mutating func append(_ name: String, _ writeValue: (inout [UInt8]) -> Void) {
        if entries.isEmpty { reserveForMessage() }
        let start = bytes.count
        Self.withBytes(of: name) { bytes.append(contentsOf: $0) }
        let nameEnd = bytes.count
        bytes.append(ASCII.colon)
        bytes.append(ASCII.space)
        let valueStart = bytes.count
        writeValue(&bytes)
        let valueEnd = bytes.count
        bytes.withUnsafeMutableBufferPointer { bytes in
            for index in valueStart..<valueEnd where Self.endsLine(bytes[index]) {
                bytes[index] = ASCII.space
            }
        }
        bytes.append(ASCII.cr)
        bytes.append(ASCII.lf)
        entries.append(
            Entry(
                key: Self.key(name),
                start: UInt32(start),
                nameLength: UInt32(nameEnd - start),
                valueStart: UInt32(valueStart),
                valueLength: UInt32(valueEnd - valueStart),
                end: UInt32(valueEnd + 2)
            )
        )
    }

    package mutating func append(contentsOf other: HeaderFields) {
        for entry in other.entries { append(entry, of: other) }
    }

    /// Adds those of the other fields whose names aren't here yet.
    mutating func addMissing(_ other: HeaderFields) {
        let own = entries.count
        for entry in other.entries {
            let isHere = entries[..<own].contains { hasSameName($0, entry, of: other) }
            if !isHere { append(entry, of: other) }
        }
    }

    package mutating func remove(_ name: String) {
        guard contains(name) else { return }
        entries = entries.filter { !matches($0, name) }
    }

    /// Whether a list-based field names `token`, without regard to case.
    func hasToken(_ token: StaticString, in name: String) -> Bool {
        let token = UnsafeBufferPointer(start: token.utf8Start, count: token.utf8CodeUnitCount)
        return entries.contains { entry in
            matches(entry, name)
                && bytes[entry.value].split(separator: ASCII.comma).contains { element in
                    ASCII.equalIgnoringCase(ASCII.trim(element), token)
                }
        }
    }

    /// Adds a field the parser has found valid: its line, without the CR LF that stands after it.
    mutating func appendParsed(_ line: Span<UInt8>, nameLength: Int, value: Range<Int>) {
        if entries.isEmpty { reserveForMessage() }
        let start = bytes.count
        line.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        let end = bytes.count
        bytes.append(ASCII.cr)
        bytes.append(ASCII.lf)
        entries.append(
            Entry(
                key: Self.key(length: nameLength, line[0], line[nameLength - 1]),
                start: UInt32(start),
                nameLength: UInt32(nameLength),
                valueStart: UInt32(start + value.lowerBound),
                valueLength: UInt32(value.count),
                end: UInt32(end + 2)
            )
        )
    }

    /// Appends every field in wire form, but for those that only the server can know.
    func write(to output: inout ByteBuffer) {
        bytes.withUnsafeBytes { bytes in
            for entry in entries where !isReserved(entry) {
                output.append(UnsafeRawBufferPointer(rebasing: bytes[entry.line]))
            }
        }
    }

    // MARK: - Names

    /// What only the server can know, whatever a handler says.
    private static let reserved: [(key: UInt32, name: String)] = [
        "Connection", "Content-Length", "Date", "Keep-Alive", "Server", "Transfer-Encoding",
    ].map { (key($0), $0) }

    private func isReserved(_ entry: Entry) -> Bool {
        Self.reserved.contains { $0.key == entry.key && matches(entry, $0.name) }
    }

    private static func key(_ name: String) -> UInt32 {
        withBytes(of: name) { bytes in
            bytes.isEmpty ? 0 : key(length: bytes.count, bytes[0], bytes[bytes.count - 1])
        }
    }

    private static func key(length: Int, _ first: UInt8, _ last: UInt8) -> UInt32 {
        UInt32(truncatingIfNeeded: length) << 16
            | UInt32(ASCII.lowercased(first)) << 8 | UInt32(ASCII.lowercased(last))
    }

    private func index(of name: String) -> Int? {
        let key = Self.key(name)
        return entries.firstIndex { $0.key == key && matches($0, name) }
    }

    private func matches(_ entry: Entry, _ name: String) -> Bool {
        guard entry.nameLength == name.utf8.count else { return false }
        return Self.withBytes(of: name) { ASCII.equalIgnoringCase(self.name(of: entry), $0) }
    }

    /// The bytes of a string, in one piece.
    private static func withBytes<Result>(
        of text: String,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        if let result = text.utf8.withContiguousStorageIfAvailable(body) { return result }
        var copy = text
        return copy.withUTF8(body)
    }

    private func hasSameName(_ own: Entry, _ entry: Entry, of other: HeaderFields) -> Bool {
        own.key == entry.key && ASCII.equalIgnoringCase(name(of: own), other.name(of: entry))
    }

    // MARK: - Bytes

    private mutating func append(_ entry: Entry, of other: HeaderFields) {
        if entries.isEmpty { reserveForMessage() }
        let shift = UInt32(bytes.count) &- entry.start
        bytes.append(contentsOf: other.bytes[entry.line])
        var copy = entry
        copy.start &+= shift
        copy.valueStart &+= shift
        copy.end &+= shift
        entries.append(copy)
    }

    /// Room for most messages, so that few grow step by step.
    private mutating func reserveForMessage() {
        bytes.reserveCapacity(480)
        entries.reserveCapacity(12)
    }

    private static func endsLine(_ byte: UInt8) -> Bool {
        byte == ASCII.cr || byte == ASCII.lf || byte == 0
    }

    private func name(of entry: Entry) -> ArraySlice<UInt8> {
        bytes[Int(entry.start)..<Int(entry.start + entry.nameLength)]
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
        entries.lazy.map { entry in
            (name: String(decoding: name(of: entry), as: UTF8.self), value: text(entry.value))
        }.makeIterator()
    }
}
