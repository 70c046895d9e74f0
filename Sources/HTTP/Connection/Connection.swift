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
    let peer: PeerAddress
    var phase: Phase
    var parser: RequestParser
    var input = ByteBuffer()
    var output = OutputQueue()

    /// Nil if nobody wants to know.
    var ledger: ExchangeLedger?

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

    /// What epoll(7) reports at present: nothing at first, for a connection that serves one
    /// request may never have to wait; whether there's room to write only once there was none.
    private var watched: UInt32 = 0

    /// Pipelined requests answered, and bytes sent, before other connections get their turn.
    private static let requestsPerTurn = 32
    private static let bytesPerTurn = 2 * 1024 * 1024

    /// Takes over a socket that has been admitted and counted.
    static func open(
        _ socket: Socket,
        from peer: PeerAddress,
        on reactor: Reactor,
        context: ServerContext
    ) {
        let connection = Connection(socket, from: peer, on: reactor, context: context)
        reactor.attach(connection, descriptor: socket.descriptor)
        if context.isDraining { connection.close() } else { connection.advance() }
    }

    private init(
        _ socket: Socket,
        from peer: PeerAddress,
        on reactor: Reactor,
        context: ServerContext
    ) {
        self.socket = socket
        self.peer = peer
        self.reactor = reactor
        self.context = context
        descriptor = socket.descriptor
        parser = RequestParser(limits: context.limits.parser)
        // The time for the first head runs from the start.
        phase = .head(since: reactor.now)
        lastProgress = reactor.now
        ledger = context.onExchange.map { ExchangeLedger(peer: peer, report: $0) }
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
        guard socket != nil else { return }
        let last = phase
        phase = .closed
        ledger?.cut(sent: output.sent)
        input = ByteBuffer()
        output = OutputQueue()
        if case .exchange(let exchange) = last {
            exchange.task?.cancel()
            exchange.resumeBody(.failure(HTTPError(.badRequest, "The connection was closed.")))
            exchange.resumeWriter(false)
        }
        context.admission.leave(peer)
        reactor.loop.load.subtract(1, ordering: .relaxed)
        reactor.detach(descriptor: descriptor)
        // Closing takes the socket out of the epoll set too.
        socket = nil
    }

    /// Does all that can be done now.
    ///
    /// A handler that answers at once calls back in here; then the loop below goes on.
    func advance() {
        guard !isAdvancing else { return }
        isAdvancing = true
        defer { isAdvancing = false }
        output.borrow(&reactor.spareBuffer)
        var requests = 0
        while requests < Self.requestsPerTurn, !output.isCrowded, step(&requests) {}
        let wasHeldBack = requests == Self.requestsPerTurn || output.isCrowded
        flush()
        output.giveBack(to: &reactor.spareBuffer)
        // With the way free again, nothing else would call.
        if wasHeldBack, output.isEmpty { reactor.postpone(self) }
        watch()
    }

    /// Makes one step; answers whether another may follow.
    private func step(_ requests: inout Int) -> Bool {
        switch phase {
        case .head(let since):
            return stepHead(since: since, requests: &requests)
        case .exchange(let exchange):
            return exchange.bodyWaiter != nil && stepBody(exchange)
        case .lingering:
            input = ByteBuffer()
            if receive() != nil {
                if inputEnded { close() } else { reactor.postpone(self) }
            }
            // However fast the client sends, the others get their turn.
            return false
        case .finishing, .closed:
            return false
        }
    }

    /// Reads what has arrived into the reactor's scratch memory, to be looked at before anything
    /// else is read; nil if there was nothing to learn, empty at the input's end.
    func receive() -> UnsafeRawBufferPointer? {
        guard isReadable, !inputEnded else { return nil }
        let scratch = reactor.scratch
        while true {
            let count = recv(descriptor, scratch.baseAddress, scratch.count, 0)
            switch count {
            case 1...:
                noteProgress()
                // A short read emptied the socket; only an end would go unnoticed.
                if count < scratch.count, !sawHangUp { isReadable = false }
                return UnsafeRawBufferPointer(rebasing: scratch[..<count])
            case 0:
                inputEnded = true
                return UnsafeRawBufferPointer(start: nil, count: 0)
            default:
                if errno == EINTR { continue }
                isReadable = false
                if errno != EAGAIN { close() }
                return nil
            }
        }
    }

    /// Notes that the client has done its part, or has it to do from now on. While something is to
    /// be sent, its part is to take that, whatever else it does.
    func noteProgress() {
        if output.isEmpty { lastProgress = reactor.now }
    }

    private func flush() {
        if isWritable, !output.isEmpty {
            let (outcome, sent) = output.flush(
                to: descriptor,
                budget: Self.bytesPerTurn,
                endsStream: isFinishing
            )
            if sent > 0 { lastProgress = reactor.now }
            switch outcome {
            case .finished: break
            case .blocked: isWritable = false
            case .yielded: reactor.postpone(self)
            case .broken: return close()
            }
        }
        // Also what ended without another byte.
        ledger?.settle(sent: output.sent)
        if case .exchange(let exchange) = phase, !output.isCrowded { exchange.resumeWriter(true) }
        if case .finishing(let lingers) = phase, output.isEmpty { hangUp(lingers: lingers) }
    }

    /// Has epoll(7) report what the connection has to wait for; edges only.
    private func watch() {
        guard socket != nil else { return }
        var events = EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
        events |= watched & EPOLLOUT.rawValue
        if !isWritable { events |= EPOLLOUT.rawValue }
        if events == watched { return }
        guard reactor.watch(descriptor, events, isNew: watched == 0) else { return close() }
        watched = events
    }

    private var isFinishing: Bool {
        if case .finishing = phase { true } else { false }
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
            ledger?.begin(nil, since: lastProgress)
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
}
