import HTTP

extension Middleware {
    /// What comes of a request around a handler.
    func response(
        to request: Request,
        from handler: @escaping ImmediateHandler
    ) async -> Response {
        let chain = MiddlewareChain([self], errors: ErrorRendering()) { .now(try handler($0)) }
        return await chain.answer(to: request).response()
    }
}
