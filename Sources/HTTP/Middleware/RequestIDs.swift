extension Middleware {
    /// Tells each client what its request is called here, so that it can be found in the log.
    package static let requestID = Middleware { request, next in
        var response = try await next(request)
        response.headers[RequestID.field] = request.id
        return response
    }
}
