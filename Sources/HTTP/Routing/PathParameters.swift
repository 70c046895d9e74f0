/// What the `:name` parts of a route's pattern matched, percent-decoded.
package struct PathParameters: Sendable, ExpressibleByDictionaryLiteral {
    private let pairs: [(name: String, value: String)]

    package init(dictionaryLiteral elements: (String, String)...) {
        pairs = elements.map { (name: $0.0, value: $0.1) }
    }

    init(names: [String], values: [String]) {
        pairs = zip(names, values).map { (name: $0.0, value: $0.1) }
    }

    package subscript(name: String) -> String? {
        pairs.first { $0.name == name }?.value
    }
}
