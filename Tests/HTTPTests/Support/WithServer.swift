import HTTP

/// Runs a server on a free port for as long as the body takes, which may block.
func withServer(
    limits: Limits = Limits(),
    eventLoops: Int = 1,
    onExchange: (@Sendable (ExchangeReport) -> Void)? = nil,
    handler: @escaping Handler,
    _ body: (Int) async throws -> Void
) async throws {
    let responder: Responder = { request in .later { try await handler(request) } }
    try await withServer(
        limits: limits,
        eventLoops: eventLoops,
        onExchange: onExchange,
        responder: responder,
        body
    )
}

/// Runs a server on a free port for as long as the body takes, which may block.
func withServer(
    limits: Limits = Limits(),
    eventLoops: Int = 1,
    onExchange: (@Sendable (ExchangeReport) -> Void)? = nil,
    responder: @escaping Responder,
    _ body: (Int) async throws -> Void
) async throws {
    var configuration = HTTPServer.Configuration()
    configuration.limits = limits
    configuration.eventLoops = eventLoops
    configuration.onExchange = onExchange
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
