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
    /// The method of a name, which is case-sensitive.
    init?(_ name: Span<UInt8>) {
        switch name.count {
        case 3 where name.equals("GET"): self = .get
        case 3 where name.equals("PUT"): self = .put
        case 4 where name.equals("HEAD"): self = .head
        case 4 where name.equals("POST"): self = .post
        case 5 where name.equals("PATCH"): self = .patch
        case 6 where name.equals("DELETE"): self = .delete
        case 7 where name.equals("OPTIONS"): self = .options
        default: return nil
        }
    }

    /// Methods as the `Allow` field lists them (RFC 9110 §10.2.1), always in the same order.
    static func list(_ methods: Set<Method>) -> String {
        allCases.filter(methods.contains).map(\.rawValue).joined(separator: ", ")
    }
}
