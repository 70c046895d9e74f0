import Foundation
import TestSupport

/// Many HLS players on one thread, each on a connection of its own.
///
/// Each fetches the playlist, then a segment in every two seconds; their beginnings are spread
/// evenly over two seconds, so that at every moment as much is asked for as at any other.
final class PlayerCrowd {
    /// What the players saw.
    struct Outcome {
        /// From when each segment was due to be asked for until it was there, in seconds; a
        /// player's first ones include connecting and the playlist.
        let times: Sample
        /// The longest that the thread itself was behind with asking, in seconds.
        let lag: Double
        /// The thread's part of its core.
        let share: Double
    }

    private struct Player {
        let connection: CountingConnection
        /// The segment that it fetches, or -1 for the playlist.
        var segment = -1
        var isBusy = true
        /// How many segments are due.
        var due = 1
    }

    /// After the last segment is due, for those under way.
    private static let patience = Duration.seconds(30)

    private let port: Int
    private let path: String
    private let count: Int
    private let broadcast: Broadcast
    private let epoll: Epoll
    private let scratch = UnsafeMutableRawBufferPointer.allocate(
        byteCount: 1 << 18,
        alignment: 4096
    )
    private let start: ContinuousClock.Instant
    private var players: [Player] = []
    private var times: [Double] = []
    private var lag = 0.0

    private init(port: Int, path: String, count: Int, _ broadcast: Broadcast) throws {
        self.port = port
        self.path = path
        self.count = count
        self.broadcast = broadcast
        epoll = try Epoll()
        players.reserveCapacity(count)
        start = .now + .milliseconds(100)
    }

    deinit {
        scratch.deallocate()
    }

    /// Plays to the end.
    ///
    /// - Parameter path: what the playlist's and the segments' addresses begin with.
    static func play(
        _ broadcast: Broadcast,
        port: Int,
        path: String,
        count: Int,
        _ cancellation: LoadThread.Cancellation
    ) throws -> Outcome {
        let crowd = try PlayerCrowd(port: port, path: path, count: count, broadcast)
        return try crowd.play(cancellation)
    }

    private func play(_ cancellation: LoadThread.Cancellation) throws -> Outcome {
        let total = count * broadcast.segments
        let earlier = try ProcessFigures(pid: getpid())
        var next = 0
        while times.count < total {
            try cancellation.check()
            while next < total, case let late = ContinuousClock.now - slot(next), late >= .zero {
                lag = max(lag, late.seconds)
                try take(next)
                next += 1
            }
            let end = next < total ? slot(next) : slot(total) + Self.patience
            let rest = end - ContinuousClock.now
            guard next < total || rest > .zero else {
                throw TestFailure("\(total - times.count) segments never came")
            }
            for number in try epoll.wait(rest) { try read(number) }
        }
        let time = ContinuousClock.now - start
        let cpu = try ProcessFigures(pid: getpid()).cpuSeconds - earlier.cpuSeconds
        return Outcome(times: Sample(times), lag: lag, share: cpu / time.seconds)
    }

    /// When the `number`th segment of all players is due to be asked for.
    private func slot(_ number: Int) -> ContinuousClock.Instant {
        start + Broadcast.segmentTime * number / count
    }

    /// A segment has become due; a player that still fetches another asks for it later.
    private func take(_ number: Int) throws {
        let index = number % count
        guard index < players.count else {
            let connection = try CountingConnection(port: port, isBlocking: false)
            try epoll.add(connection.descriptor, number: index)
            let playlist = "\(path)/\(Broadcast.playlistName)"
            try connection.ask(for: playlist, length: broadcast.playlistLength)
            return players.append(Player(connection: connection))
        }
        players[index].due += 1
        if !players[index].isBusy { try ask(index) }
    }

    private func ask(_ index: Int) throws {
        players[index].segment += 1
        players[index].isBusy = true
        let segment = "\(path)/\(Broadcast.segmentName(players[index].segment))"
        try players[index].connection.ask(for: segment, length: Broadcast.segmentLength)
    }

    private func read(_ index: Int) throws {
        guard try players[index].connection.receive(into: scratch) == .complete else { return }
        let segment = players[index].segment
        if segment >= 0 {
            let due = slot(segment * count + index)
            times.append((ContinuousClock.now - due).seconds)
        }
        players[index].isBusy = false
        if segment + 1 < players[index].due { try ask(index) }
    }
}
