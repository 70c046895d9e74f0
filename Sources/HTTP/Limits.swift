/// What clients may take: sizes, times and connections.
package struct Limits: Sendable, Equatable {
    package var parser = ParserLimits()

    /// From a head's first byte to its last, or from the connection's start.
    package var headTime = Duration.seconds(10)

    /// Without a byte of a body someone waits for.
    package var bodyTime = Duration.seconds(30)

    /// Between requests.
    package var idleTime = Duration.seconds(75)

    /// Without the client taking a byte of what is to be sent.
    package var sendTime = Duration.seconds(60)

    /// For reading on after a last response, so that the client gets to see it.
    package var lingerTime = Duration.seconds(5)

    /// Connections at a time.
    package var connections = 10_000

    /// Connections at a time from one address; unlimited, because a proxy has only one.
    package var connectionsPerAddress = Int.max

    package init() {}

    /// How often the limits are checked, and so how far they may be overrun.
    var sweepInterval: Duration {
        let shortest = [headTime, bodyTime, idleTime, sendTime, lingerTime].min() ?? .seconds(1)
        return max(.milliseconds(10), min(.seconds(1), shortest / 4))
    }
}
