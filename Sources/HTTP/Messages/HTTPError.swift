/// An error that is an answer: thrown by handlers and by this module, rendered by the server's
/// ``HTTPServer/Configuration/renderError``.
package struct HTTPError: Error, Sendable {
    package let status: Status

    /// What went wrong and what to do about it, safe to show to any client.
    package let detail: String

    /// Fields the answer must carry, such as `Allow` or `Retry-After`.
    package let headers: HeaderFields

    package init(_ status: Status, _ detail: String, headers: HeaderFields = [:]) {
        self.status = status
        self.detail = detail
        self.headers = headers
    }
}

extension HTTPError {
    static func methodNotAllowed(allow methods: Set<Method>) -> HTTPError {
        let list = Method.list(methods)
        return HTTPError(
            .methodNotAllowed,
            "The methods allowed here are \(list).",
            headers: ["Allow": list]
        )
    }

    static func contentTooLarge(limit: Int) -> HTTPError {
        HTTPError(.contentTooLarge, "The request body may be at most \(limit) bytes long.")
    }
}
