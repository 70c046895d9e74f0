/// A request method this server understands (RFC 9110 §9); any other is answered 501.
package enum Method: String, Sendable, Hashable, CaseIterable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
    case options = "OPTIONS"
}

extension Method {
    /// Methods as the `Allow` field lists them (RFC 9110 §10.2.1), always in the same order.
    static func list(_ methods: Set<Method>) -> String {
        allCases.filter(methods.contains).map(\.rawValue).joined(separator: ", ")
    }
}
