import HTTP

/// Runs a server on a free port for as long as the body takes, which may block.
func withServer(
    limits: Limits = Limits(),
    eventLoops: Int = 1,
    handler: @escaping Handler,
    _ body: (Int) async throws -> Void
) async throws {
    let responder: Responder = { request in .later { try await handler(request) } }
    try await withServer(limits: limits, eventLoops: eventLoops, responder: responder, body)
}

/// Runs a server on a free port for as long as the body takes, which may block.
func withServer(
    limits: Limits = Limits(),
    eventLoops: Int = 1,
    responder: @escaping Responder,
    _ body: (Int) async throws -> Void
) async throws {
    var configuration = HTTPServer.Configuration()
    configuration.limits = limits
    configuration.eventLoops = eventLoops
    let server = HTTPServer(configuration: configuration, responder: responder)
    let port = try server.start()
    do {
        try await onOwnThread { try await body(port) }
    } catch {
        await server.shutdown(gracePeriod: .zero)
        throw error
    }
    await server.shutdown(gracePeriod: .zero)
}
