import CLinux
import Glibc
import Synchronization

/// Accepts connections on behalf of one loop and places each on the loop with the fewest.
///
/// Every loop has one on the same socket (EPOLLEXCLUSIVE), so that accepting goes on while some
/// are busy.
final class Acceptor: Channel {
    private let socket: ListeningSocket
    private let reactor: Reactor
    private let loops: [EventLoop]
    private let context: ServerContext
    private var isListening = false

    /// Nanoseconds to wait when there's no descriptor left; grows while there is none.
    private var pause = shortestPause

    private static let shortestPause: UInt64 = 10_000_000
    private static let longestPause: UInt64 = 1_000_000_000

    /// Connections accepted before the others get their turn.
    private static let perTurn = 16

    init(
        socket: ListeningSocket,
        reactor: Reactor,
        loops: [EventLoop],
        context: ServerContext
    ) {
        self.socket = socket
        self.reactor = reactor
        self.loops = loops
        self.context = context
    }

    func listen() {
        let events = EPOLLIN.rawValue | EPOLLEXCLUSIVE.rawValue
        reactor.attach(self, descriptor: socket.descriptor)
        isListening = reactor.watch(socket.descriptor, events, isNew: true)
        guard !isListening else { return }
        reactor.detach(descriptor: socket.descriptor)
        rest()
    }

    func ready(_ events: UInt32) {
        for _ in 0..<Self.perTurn where isListening {
            guard acceptOne() else { return }
        }
    }

    func resume() {}

    func sweep(now: UInt64) {}

    func drain() { close() }

    func close() {
        guard isListening else { return }
        isListening = false
        reactor.unwatch(socket.descriptor)
        reactor.detach(descriptor: socket.descriptor)
    }

    private func acceptOne() -> Bool {
        var address = SocketAddress()
        let flags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = address.fill { accept4(socket.descriptor, $0, &$1, flags) }
        guard descriptor >= 0 else { return recover(from: errno) }
        let connection = Socket(adopting: descriptor)
        pause = Self.shortestPause
        let peer = address.peer
        guard context.admission.enter(peer) else {
            refuse(connection)
            return true
        }
        place(connection, from: peer)
        return true
    }

    private func place(_ connection: Socket, from peer: PeerAddress) {
        let own = reactor.loop
        let fewest = loops.min {
            $0.load.load(ordering: .relaxed) < $1.load.load(ordering: .relaxed)
        }
        let loop = fewest ?? own
        loop.load.add(1, ordering: .relaxed)
        if loop === own {
            Connection.open(connection, from: peer, on: reactor, context: context)
        } else {
            loop.submit { [context] in
                Connection.open(connection, from: peer, on: $0, context: context)
            }
        }
    }

    /// Tells a client that there's no room, as far as one packet can; then hangs up.
    private func refuse(_ connection: Socket) {
        let answer = context.refusal
        send(connection.descriptor, answer, answer.count, Int32(MSG_NOSIGNAL))
        shutdown(connection.descriptor, Int32(SHUT_WR))
        // Closing with input unread would reset the connection, and with it the answer.
        recv(connection.descriptor, reactor.scratch.baseAddress, reactor.scratch.count, 0)
    }

    /// Answers whether to go on accepting.
    private func recover(from error: Int32) -> Bool {
        switch error {
        case EINTR, ECONNABORTED, EPROTO:
            return true
        case EMFILE, ENFILE, ENOBUFS, ENOMEM:
            // The socket stays readable: watching it on would spin.
            close()
            rest()
            return false
        default:
            return false
        }
    }

    /// Listens again after a pause.
    private func rest() {
        reactor.after(pause) {
            // A resting acceptor isn't among the channels that are drained.
            if !self.context.isDraining { self.listen() }
        }
        pause = min(2 * pause, Self.longestPause)
    }
}
