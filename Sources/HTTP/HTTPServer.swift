import Synchronization

/// An HTTP/1.1 server (RFC 9110, RFC 9112) on a few threads of its own.
///
/// It runs until it's shut down; letting go of it doesn't end it.
package final class HTTPServer: Sendable {
    package struct Configuration: Sendable {
        package var host = "127.0.0.1"

        /// 0 means any free port.
        package var port = 0

        /// Threads, each with an epoll(7) set of its own.
        package var eventLoops = 2

        package var limits = Limits()

        /// What the Server field says, nil for none.
        package var serverName: String?

        /// Makes the response to an error, the parser's included; there is no request if it could
        /// not be read.
        package var renderError: @Sendable (HTTPError, Request?) -> Response =
            ErrorRendering.plainText

        /// Makes of any other error a handler threw what the client may be told; the place to log.
        package var onUnhandledError: @Sendable (any Error, Request) -> HTTPError = { _, _ in
            ErrorRendering.internalError
        }

        /// Called on the loop once an answer has left completely or its connection was cut, also if
        /// the request could not be read. It must not block.
        package var onExchange: (@Sendable (ExchangeReport) -> Void)?

        package init() {}

        /// Both, for ``Middleware/renderingErrors(_:)``.
        package var errors: ErrorRendering {
            ErrorRendering(renderError: renderError, onUnhandledError: onUnhandledError)
        }
    }

    private enum State {
        case new
        case running(ListeningSocket, [EventLoop])
        case stopped
    }

    private let configuration: Configuration
    private let context: ServerContext
    private let state = Mutex(State.new)

    package init(configuration: Configuration, handler: @escaping Handler) {
        self.configuration = configuration
        context = ServerContext(configuration: configuration, handler: handler)
    }

    /// Starts listening, once in the server's life; answers the bound port.
    package func start() throws(HTTPServerError) -> Int {
        try state.withLock { state throws(HTTPServerError) in
            guard case .new = state else { throw .alreadyStarted }
            let socket = try ListeningSocket(host: configuration.host, port: configuration.port)
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
