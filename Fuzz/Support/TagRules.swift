/// Lists of entity tags (RFC 9110 §8.8.3), cut at their quotes.
enum TagRules {
    static func check(_ list: String) {
        let tags = EntityTag.parseList(list)
        require(tags == reference(list), "\(list) holds the tags \(tags ?? []).")
        guard let tags else { return }
        let again = EntityTag.parseList(tags.map(\.text).joined(separator: ", "))
        require(again == tags, "\(tags) were read again as \(again ?? []).")
        for tag in tags {
            require(EntityTag(parsing: tag.text) == tag, "\(tag.text) was read as another tag.")
            require(tag.matchesWeakly(tag), "A tag must match itself.")
            require(tag.matchesStrongly(tag) == !tag.isWeak, "Only strong tags match strongly.")
        }
        require((EntityTag(parsing: list) != nil) == (tags.count == 1), "One tag, or a list.")
    }

    /// Every second piece between quotes is a tag; what stands between two must hold a comma.
    private static func reference(_ list: String) -> [EntityTag]? {
        let pieces = list.unicodeScalars.split(separator: "\"", omittingEmptySubsequences: false)
        guard pieces.count > 1, pieces.count % 2 == 1 else { return nil }
        var tags: [EntityTag] = []
        for index in stride(from: 1, to: pieces.count, by: 2) {
            let between = String(pieces[index - 1])
            let isWeak = between.hasSuffix("W/")
            let separators = isWeak ? String(between.dropLast(2)) : between
            guard
                separators.allSatisfy(", \t".contains),
                index == 1 || separators.contains(","),
                pieces[index].allSatisfy({ $0.value > 0x20 && $0.value != 0x7F })
            else { return nil }
            tags.append(EntityTag(String(pieces[index]), isWeak: isWeak))
        }
        let rest = String(pieces[pieces.count - 1])
        let trimmed = rest.drop { " \t".contains($0) }
        guard rest.allSatisfy(", \t".contains), trimmed.isEmpty || trimmed.first == "," else {
            return nil
        }
        return tags
    }
}
