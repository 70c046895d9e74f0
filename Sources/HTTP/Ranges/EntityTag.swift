/// A validator of one representation (RFC 9110 §8.8.3).
package struct EntityTag: Sendable, Hashable {
    /// What stands between the quotes.
    let opaque: String
    let isWeak: Bool

    init(_ opaque: String, isWeak: Bool = false) {
        self.opaque = opaque
        self.isWeak = isWeak
    }

    /// As it is written in a field.
    var text: String {
        isWeak ? "W/\"\(opaque)\"" : "\"\(opaque)\""
    }

    /// Reads exactly one tag; nil for anything else, a list or `*` included.
    init?(parsing text: String) {
        guard let tags = Self.parseList(text), tags.count == 1 else { return nil }
        self = tags[0]
    }

    /// Equal and both strong (RFC 9110 §8.8.3.2).
    func matchesStrongly(_ other: EntityTag) -> Bool {
        !isWeak && !other.isWeak && opaque == other.opaque
    }

    /// Equal, weak or not.
    func matchesWeakly(_ other: EntityTag) -> Bool {
        opaque == other.opaque
    }

    /// Reads a comma-separated list; nil if any of it is malformed.
    static func parseList(_ text: String) -> [EntityTag]? {
        var tags: [EntityTag] = []
        var rest = ASCII.trim(text.utf8)
        while !rest.isEmpty {
            // Empty elements are ignored (RFC 9110 §5.6.1.2).
            if rest.first == ASCII.comma {
                rest = ASCII.trim(rest.dropFirst())
                continue
            }
            guard let tag = parseFirst(&rest) else { return nil }
            tags.append(tag)
            rest = ASCII.trim(rest)
            guard rest.isEmpty || rest.first == ASCII.comma else { return nil }
        }
        return tags.isEmpty ? nil : tags
    }

    private static func parseFirst(_ rest: inout Substring.UTF8View) -> EntityTag? {
        let isWeak = rest.starts(with: "W/".utf8)
        if isWeak { rest = rest.dropFirst(2) }
        guard rest.first == ASCII.quote else { return nil }
        rest = rest.dropFirst()
        guard let end = rest.firstIndex(of: ASCII.quote) else { return nil }
        let opaque = rest[..<end]
        guard opaque.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
        rest = rest[rest.index(after: end)...]
        return EntityTag(String(Substring(opaque)), isWeak: isWeak)
    }
}
