extension Middleware {
    /// Tells each client what its request is called here, so that it can be found in the log.
    package static let requestID = Middleware(send: { request, response in
        response.headers[RequestID.field] = request.id
    })
}
