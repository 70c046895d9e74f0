import Synchronization

/// What every connection of a server shares.
final class ServerContext: Sendable {
    let chain: MiddlewareChain
    let limits: Limits
    let admission: Admission

    /// The Server field's line, empty for none.
    let serverField: [UInt8]

    /// The answer to a connection there is no room for.
    let refusal: [UInt8]

    private let draining = Atomic(false)

    init(configuration: HTTPServer.Configuration, responder: @escaping Responder) {
        chain = MiddlewareChain(
            configuration.middleware,
            errors: configuration.errors,
            around: responder
        )
        limits = configuration.limits
        admission = Admission(
            limit: limits.connections,
            limitPerAddress: limits.connectionsPerAddress
        )
        serverField = configuration.serverName.map { Array("Server: \($0)\r\n".utf8) } ?? []
        refusal = Array(
            """
            HTTP/1.1 503 Service Unavailable\r
            Retry-After: 1\r
            Content-Length: 0\r
            Connection: close\r
            \r\n
            """.utf8
        )
    }

    /// Whether the server is stopping, so that every response is a connection's last.
    var isDraining: Bool { draining.load(ordering: .relaxed) }

    func startDraining() { draining.store(true, ordering: .relaxed) }
}
