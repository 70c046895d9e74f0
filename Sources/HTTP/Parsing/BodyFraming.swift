/// How the end of a request's body is found (RFC 9112 §6.3).
enum BodyFraming: Equatable {
    case none
    case sized(Int)
    case chunked

    /// Refuses everything two parsers could read differently, for that is what smuggling needs.
    init(headers: HeaderFields, version: HTTPVersion, limit: Int) throws(HTTPError) {
        let lengths = headers.values(of: "Content-Length")
        if let coding = headers.combined("Transfer-Encoding") {
            guard version == .http11, lengths.isEmpty else {
                throw HTTPError(
                    .badRequest,
                    "Transfer-Encoding may come neither with Content-Length nor in HTTP/1.0."
                )
            }
            try Self.checkChunked(coding)
            self = .chunked
        } else if let length = lengths.first {
            // A list of equal lengths could be collapsed (RFC 9110 §8.6); no client needs it.
            guard lengths.count == 1, !length.isEmpty, length.utf8.allSatisfy(ASCII.isDigit) else {
                throw HTTPError(.badRequest, "Content-Length must be one whole number.")
            }
            // A length beyond Int is certainly beyond the limit.
            guard let size = Int(length), size <= limit else {
                throw .contentTooLarge(limit: limit)
            }
            self = size == 0 ? .none : .sized(size)
        } else {
            self = .none
        }
    }

    private static func checkChunked(_ coding: String) throws(HTTPError) {
        let codings = coding.utf8.split(separator: ASCII.comma, omittingEmptySubsequences: false)
            .map { ASCII.trim($0) }
        let isChunked = codings.map { ASCII.equalIgnoringCase($0, "chunked".utf8) }
        // Only as the last, and only once, does chunked delimit the body (RFC 9112 §6.1).
        // An empty element could be ignored (RFC 9110 §5.6.1.2); no client needs it.
        guard
            isChunked.last == true, isChunked.filter({ $0 }).count == 1,
            !codings.contains(where: \.isEmpty)
        else {
            throw HTTPError(.badRequest, "The last transfer coding must be chunked.")
        }
        guard codings.count == 1 else {
            throw HTTPError(.notImplemented, "The only transfer coding known here is chunked.")
        }
    }
}
