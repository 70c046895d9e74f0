/// How errors become responses; see ``HTTPServer/Configuration``.
package struct ErrorRendering: Sendable {
    let renderError: @Sendable (HTTPError, Request?) -> Response
    let onUnhandledError: @Sendable (any Error, Request) -> HTTPError

    /// Runs a handler to its response, whatever it throws.
    func response(to request: Request, from handler: Handler) async -> Response {
        do {
            return try await handler(request)
        } catch let error as HTTPError {
            return renderError(error, request)
        } catch {
            return renderError(onUnhandledError(error, request), request)
        }
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

extension Middleware {
    /// Renders errors at this point, so that the middleware outside sees every answer alike.
    package static func renderingErrors(_ rendering: ErrorRendering) -> Middleware {
        Middleware { request, next in await rendering.response(to: request, from: next) }
    }
}
