/// How errors become responses.
package struct ErrorRendering: Sendable {
    /// Makes the response to an error, the parser's included; there is no request if it could not
    /// be read.
    package var renderError: @Sendable (HTTPError, Request?) -> Response

    /// Makes of any other error a handler threw what the client may be told; the place to log.
    package var onUnhandledError: @Sendable (any Error, Request) -> HTTPError

    package init(
        renderError: @escaping @Sendable (HTTPError, Request?) -> Response = plainText,
        onUnhandledError: @escaping @Sendable (any Error, Request) -> HTTPError = { _, _ in
            internalError
        }
    ) {
        self.renderError = renderError
        self.onUnhandledError = onUnhandledError
    }

    func response(to error: any Error, _ request: Request) -> Response {
        renderError(error as? HTTPError ?? onUnhandledError(error, request), request)
    }

    /// The detail as plain text.
    package static let plainText: @Sendable (HTTPError, Request?) -> Response = { error, _ in
        var headers = error.headers
        headers["Content-Type"] = "text/plain; charset=utf-8"
        let body = ResponseBody.bytes(Array("\(error.detail)\n".utf8))
        return Response(status: error.status, headers: headers, body: body)
    }

    /// What a client is told of an error that is none of its business.
    package static let internalError = HTTPError(
        .internalServerError,
        "Something went wrong here; the server's log says what."
    )
}
