/// Brings a request through the middleware to what answers it, and the response back.
///
/// Errors become responses on the way, so that all middleware sees every response.
package struct MiddlewareChain: Sendable {
    private let layers: [Middleware]
    private let errors: ErrorRendering
    private let responder: Responder

    /// The first layer is the outermost.
    package init(
        _ layers: [Middleware],
        errors: ErrorRendering,
        around responder: @escaping Responder
    ) {
        self.layers = layers
        self.errors = errors
        self.responder = responder
    }

    package func answer(to received: Request) -> Answer<Never> {
        var request = received
        do {
            for layer in layers {
                if let response = try layer.receive(&request) {
                    return .now(finished(response, to: request))
                }
            }
            switch try responder(request) {
            case .now(let response):
                return .now(finished(response, to: request))
            case .later(let work):
                return .later { [request] in
                    do {
                        return finished(try await work(), to: request)
                    } catch {
                        return finished(errors.response(to: error, request), to: request)
                    }
                }
            }
        } catch {
            return .now(finished(errors.response(to: error, request), to: request))
        }
    }

    /// The response to a request that could not be read.
    func response(to error: HTTPError) -> Response {
        errors.renderError(error, nil)
    }

    private func finished(_ made: Response, to request: Request) -> Response {
        var response = made
        for layer in layers.reversed() { layer.send(request, &response) }
        return response
    }
}
