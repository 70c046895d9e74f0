import Synchronization

/// An HTTP/1.1 server (RFC 9110, RFC 9112) on a few threads of its own.
///
/// It runs until it's shut down; letting go of it doesn't end it.
package final class HTTPServer: Sendable {
    package struct Configuration: Sendable {
        package var host = "127.0.0.1"

        /// 0 means any free port.
        package var port = 0

        /// Threads, each with an epoll(7) set of its own; as many as this process may use cores, up
        /// to four.
        package var eventLoops = min(4, Processors.usable)

        package var limits = Limits()

        /// What the Server field says, nil for none.
        package var serverName: String?

        package var errors = ErrorRendering()

        /// What stands around every request, the outermost first.
        package var middleware: [Middleware] = []

        /// Called on the loop once an answer has left completely or its connection was cut, also if
        /// the request could not be read. It must not block.
        package var onExchange: (@Sendable (ExchangeReport) -> Void)?

        package init() {}
    }

    private enum State {
        case new
        case running(ListeningSocket, [EventLoop])
        case stopped
    }

    private let configuration: Configuration
    private let context: ServerContext
    private let state = Mutex(State.new)

    package init(configuration: Configuration, responder: @escaping Responder) {
        self.configuration = configuration
        context = ServerContext(configuration: configuration, responder: responder)
    }

    /// A server with one handler for everything.
    package convenience init(configuration: Configuration, handler: @escaping Handler) {
        self.init(configuration: configuration) { request in
            .later { try await handler(request) }
        }
    }

    /// Starts listening, once in the server's life; answers the bound port.
    package func start() throws(HTTPServerError) -> Int {
        try state.withLock { state throws(HTTPServerError) in
            guard case .new = state else { throw .alreadyStarted }
            let socket = try ListeningSocket(
                host: configuration.host,
                port: configuration.port,
                sendTime: configuration.limits.sendTime
            )
            let interval = configuration.limits.sweepInterval.nanoseconds
            var loops: [EventLoop] = []
            for _ in 0..<max(1, configuration.eventLoops) {
                loops.append(try EventLoop(sweepInterval: interval))
            }
            try Self.start(loops)
            for loop in loops {
                loop.submit { [context, loops] reactor in
                    Acceptor(socket: socket, reactor: reactor, loops: loops, context: context)
                        .listen()
                }
            }
            state = .running(socket, loops)
            return socket.port
        }
    }

    /// Starts all threads or none.
    private static func start(_ loops: [EventLoop]) throws(HTTPServerError) {
        for (index, loop) in loops.enumerated() {
            do {
                try loop.start()
            } catch {
                for started in loops[..<index] { started.submit { $0.drain {} } }
                throw error
            }
        }
    }

    /// Stops accepting, closes idle connections, lets what is under way finish, and closes what
    /// hasn't after the grace period. The tasks of handlers cut off are cancelled.
    package func shutdown(gracePeriod: Duration) async {
        let running: (ListeningSocket, [EventLoop])? = state.withLock { state in
            defer { state = .stopped }
            return if case .running(let socket, let loops) = state { (socket, loops) } else { nil }
        }
        guard let (socket, loops) = running else { return }
        context.startDraining()
        socket.stop()
        let deadline = Task {
            try await Task.sleep(for: gracePeriod)
            for loop in loops { loop.submit { $0.closeAll() } }
        }
        await withTaskGroup { group in
            for loop in loops { group.addTask { await loop.drain() } }
        }
        deadline.cancel()
    }
}
