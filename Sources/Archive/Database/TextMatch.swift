/// What people type to search for, as an expression of FTS5: all words must occur, the last may be
/// the beginning of one.
///
/// Every word is in quotes, so nothing in it is syntax. One with punctuation in it, such as `gate-3`,
/// stands for its parts in a row.
struct TextMatch: Hashable {
    let expression: String

    /// Nil when there is no word to search for.
    init?(_ text: String) {
        let words = text.unicodeScalars.split { $0.properties.isWhitespace || $0.value < 32 }
            .filter { $0.contains(where: Self.isPartOfWords) }
            .map(Self.quoted)
        if words.isEmpty { return nil }
        expression = words.joined(separator: " ") + " *"
    }

    /// By scalars: a combining mark would make another character of a quote.
    private static func quoted(_ word: Substring.UnicodeScalarView) -> String {
        "\"" + word.split(separator: "\"").map(String.init).joined(separator: " ") + "\""
    }

    private static func isPartOfWords(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
}
