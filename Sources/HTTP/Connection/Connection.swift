import CLinux
import Glibc
import Synchronization

/// One client's connection: a state machine in callback style, confined to its loop's thread.
///
/// Requests are answered one at a time, in order (RFC 9112 §9.3.2). Nothing is read from the
/// socket but what the present phase needs, and nothing is answered faster than the client takes
/// it: both directions push back.
final class Connection: Channel {
    enum Phase {
        /// Between requests, or, since that moment, within a head.
        case head(since: UInt64?)
        case exchange(Exchange)

        /// The last response is written; the connection ends when it's sent.
        case finishing(lingers: Bool)

        /// Only waiting for the client to stop sending, so that no reset overtakes the response
        /// (RFC 9112 §9.6).
        case lingering(since: UInt64)
        case closed
    }

    let reactor: Reactor
    let context: ServerContext
    let remoteAddress: String
    var phase: Phase
    var parser: RequestParser
    var input = InputBuffer()
    var output = OutputQueue()

    /// When bytes last went in or out, or were first wanted.
    private var lastProgress: UInt64

    /// Whether the client has shut down its side, which doesn't mean it has lost interest.
    private(set) var inputEnded = false

    private var socket: Socket?
    private let descriptor: Int32
    private var isReadable = true
    private var isWritable = true
    private var sawHangUp = false
    private var isAdvancing = false

    /// Pipelined requests answered, and bytes sent, before other connections get their turn.
    private static let requestsPerTurn = 32
    private static let bytesPerTurn = 512 * 1024

    /// Takes over a socket that has been admitted and counted.
    static func open(
        _ socket: Socket,
        from address: String,
        on reactor: Reactor,
        context: ServerContext
    ) {
        let connection = Connection(socket, from: address, on: reactor, context: context)
        let events = EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
        let isWatched = reactor.register(
            connection,
            descriptor: socket.descriptor,
            events: events
        )
        if isWatched, !context.isDraining {
            connection.advance()
        } else {
            connection.end(isWatched: isWatched)
        }
    }

    private init(
        _ socket: Socket,
        from address: String,
        on reactor: Reactor,
        context: ServerContext
    ) {
        self.socket = socket
        self.reactor = reactor
        self.context = context
        descriptor = socket.descriptor
        remoteAddress = address
        parser = RequestParser(limits: context.limits.parser)
        // The time for the first head runs from the start.
        phase = .head(since: reactor.now)
        lastProgress = reactor.now
    }

    func ready(_ events: UInt32) {
        if events & EPOLLERR.rawValue != 0 { return close() }
        if events & (EPOLLRDHUP.rawValue | EPOLLHUP.rawValue) != 0 { sawHangUp = true }
        if events & EPOLLIN.rawValue != 0 || sawHangUp { isReadable = true }
        if events & EPOLLOUT.rawValue != 0 { isWritable = true }
        advance()
    }

    func resume() { advance() }

    func sweep(now: UInt64) {
        if deadline <= now { expire() }
    }

    func drain() {
        guard case .head = phase else { return }
        if input.isEmpty, !parser.isUnderWay { phase = .finishing(lingers: false) }
        advance()
    }

    func close() {
        end(isWatched: true)
    }

    /// Does all that can be done now.
    ///
    /// A handler that answers at once calls back in here; then the loop below goes on.
    func advance() {
        guard !isAdvancing else { return }
        isAdvancing = true
        defer { isAdvancing = false }
        var requests = 0
        while requests < Self.requestsPerTurn, !output.isCrowded, step(&requests) {}
        let wasHeldBack = requests == Self.requestsPerTurn || output.isCrowded
        flush()
        // With the way free again, nothing else would call.
        if wasHeldBack, output.isEmpty { reactor.postpone(self) }
    }

    /// Makes one step; answers whether another may follow.
    private func step(_ requests: inout Int) -> Bool {
        switch phase {
        case .head(let since):
            return stepHead(since: since, requests: &requests)
        case .exchange(let exchange):
            return exchange.bodyWaiter != nil && stepBody(exchange)
        case .lingering:
            input = InputBuffer()
            if receive() {
                if inputEnded { close() } else { reactor.postpone(self) }
            }
            // However fast the client sends, the others get their turn.
            return false
        case .finishing, .closed:
            return false
        }
    }

    /// Reads what has arrived; answers whether anything was learned by it.
    func receive() -> Bool {
        guard isReadable, !inputEnded else { return false }
        let scratch = reactor.scratch
        let count = recv(descriptor, scratch.baseAddress, scratch.count, 0)
        switch count {
        case 1...:
            input.append(UnsafeRawBufferPointer(rebasing: scratch[..<count]))
            noteProgress()
            // A short read emptied the socket; only an end would go unnoticed.
            if count < scratch.count, !sawHangUp { isReadable = false }
            return true
        case 0:
            inputEnded = true
            return true
        default:
            if errno == EINTR { return true }
            isReadable = false
            if errno != EAGAIN { close() }
            return false
        }
    }

    /// Notes that the client has done its part, or has it to do from now on. While something is to
    /// be sent, its part is to take that, whatever else it does.
    func noteProgress() {
        if output.isEmpty { lastProgress = reactor.now }
    }

    private func flush() {
        if isWritable, !output.isEmpty {
            let (outcome, sent) = output.flush(to: descriptor, budget: Self.bytesPerTurn)
            if sent > 0 { lastProgress = reactor.now }
            switch outcome {
            case .finished: break
            case .blocked: isWritable = false
            case .yielded: reactor.postpone(self)
            case .broken: return close()
            }
        }
        if case .exchange(let exchange) = phase, !output.isCrowded { exchange.resumeWriter(true) }
        if case .finishing(let lingers) = phase, output.isEmpty { hangUp(lingers: lingers) }
    }

    private func hangUp(lingers: Bool) {
        guard lingers, !inputEnded else { return close() }
        shutdown(descriptor, Int32(SHUT_WR))
        phase = .lingering(since: reactor.now)
        reactor.postpone(self)
    }

    private var deadline: UInt64 {
        let limits = context.limits
        if !output.isEmpty { return lastProgress + limits.sendTime.nanoseconds }
        switch phase {
        case .head(let since?): return since + limits.headTime.nanoseconds
        case .head(nil): return lastProgress + limits.idleTime.nanoseconds
        case .exchange(let exchange):
            let isStalled = exchange.bodyWaiter != nil
            return isStalled ? lastProgress + limits.bodyTime.nanoseconds : .max
        case .lingering(let since): return since + limits.lingerTime.nanoseconds
        case .finishing, .closed: return .max
        }
    }

    private func expire() {
        guard output.isEmpty else { return reset() }
        switch phase {
        case .head where !input.isEmpty || parser.isUnderWay:
            refuse(HTTPError(.requestTimeout, "The request took too long to arrive."))
            advance()
        case .exchange(let exchange):
            failBody(of: exchange, HTTPError(.requestTimeout, "The body took too long to arrive."))
        case .head, .finishing, .lingering, .closed:
            close()
        }
    }

    /// Ends it with a reset, so that the kernel too forgets what a client doesn't take: closed, it
    /// would offer megabytes for minutes.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        let size = socklen_t(MemoryLayout.size(ofValue: option))
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, size)
        close()
    }

    private func end(isWatched: Bool) {
        guard socket != nil else { return }
        let last = phase
        phase = .closed
        input = InputBuffer()
        output = OutputQueue()
        if case .exchange(let exchange) = last {
            exchange.task?.cancel()
            exchange.resumeBody(.failure(HTTPError(.badRequest, "The connection was closed.")))
            exchange.resumeWriter(false)
        }
        context.admission.leave(remoteAddress)
        reactor.loop.load.subtract(1, ordering: .relaxed)
        if isWatched { reactor.unregister(descriptor: descriptor) }
        socket = nil
    }
}
