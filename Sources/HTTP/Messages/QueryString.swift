/// The query of a request target as name–value pairs, in order, repeats kept.
///
/// Read as `application/x-www-form-urlencoded`, the way browsers write it: `+` is a space.
package struct QueryString: Sendable {
    package let pairs: [(name: String, value: String)]

    package static let empty = QueryString(pairs: [])

    private init(pairs: [(name: String, value: String)]) {
        self.pairs = pairs
    }

    /// Reads what follows the `?`; nil if an escape is malformed or is not UTF-8.
    package init?(_ text: some StringProtocol) {
        var pairs: [(name: String, value: String)] = []
        for field in text.utf8.split(separator: ASCII.ampersand) {
            let parts = field.split(
                separator: ASCII.equals,
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            guard
                let name = PercentEncoding.decodeFormField(parts[0]),
                let value = parts.count == 2 ? PercentEncoding.decodeFormField(parts[1]) : ""
            else { return nil }
            pairs.append((name, value))
        }
        self.pairs = pairs
    }

    /// The first value of a name.
    package subscript(name: String) -> String? {
        pairs.first { $0.name == name }?.value
    }

    package func values(of name: String) -> [String] {
        pairs.filter { $0.name == name }.map(\.value)
    }
}
