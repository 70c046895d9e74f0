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

    /// A part as what it stands for; throws 404 if it can't be that.
    package func value<Value: PathParameter>(
        _ name: String,
        as type: Value.Type = Value.self
    ) throws(HTTPError) -> Value {
        guard let text = self[name] else {
            preconditionFailure("the route's pattern has no :\(name)")
        }
        guard let value = Value(pathPart: text) else {
            throw HTTPError(.notFound, Value.absence)
        }
        return value
    }
}
