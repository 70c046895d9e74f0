/// Something done around every request: before its handler, instead of it, and to its response.
///
/// Both parts are synchronous, so that a request whose handler answers at once never needs a task.
package struct Middleware: Sendable {
    /// Looks at a request and may change it; what it returns or throws is the answer, and neither
    /// the handler nor the middleware further in gets to see the request.
    let receive: @Sendable (inout Request) throws -> Response?

    /// Looks at a response on its way out and may change it, errors' responses included.
    let send: @Sendable (Request, inout Response) -> Void

    package init(
        receive: @escaping @Sendable (inout Request) throws -> Response? = { _ in nil },
        send: @escaping @Sendable (Request, inout Response) -> Void = { _, _ in }
    ) {
        self.receive = receive
        self.send = send
    }
}
