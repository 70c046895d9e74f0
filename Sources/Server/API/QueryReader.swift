import HTTP

/// Reads a request's query; what it does not know is an error that names it.
struct QueryReader {
    private let query: QueryString

    init(_ request: Request, knowing names: Set<String>) throws(HTTPError) {
        query = request.query
        if let unknown = query.pairs.first(where: { !names.contains($0.name) }) {
            let known = names.isEmpty ? "none" : names.sorted().joined(separator: ", ")
            throw HTTPError(
                .badRequest,
                "There is no query parameter \"\(unknown.name)\" here; there is: \(known)."
            )
        }
    }

    func text(_ name: String) -> String? { query[name] }

    func integer(_ name: String, in range: ClosedRange<Int>) throws(HTTPError) -> Int? {
        guard let text = query[name] else { return nil }
        guard let value = Int(text), range.contains(value) else {
            throw HTTPError(
                .badRequest,
                "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound)."
            )
        }
        return value
    }

    /// A parameter that must be as `form` says.
    func value<Value>(
        _ name: String,
        _ form: String,
        _ read: (String) -> Value?
    ) throws(HTTPError) -> Value? {
        guard let text = query[name] else { return nil }
        guard let value = read(text) else {
            throw HTTPError(.badRequest, "\(name) must be \(form).")
        }
        return value
    }
}
