import HTTP
import Segmenter

/// What clients may take of the server.
struct HTTPSettings: Sendable, Equatable {
    static let names: Set<String> = [
        "HTTP_MAX_REQUEST_LINE", "HTTP_MAX_HEADER_BYTES", "HTTP_MAX_HEADERS", "HTTP_MAX_BODY",
        "HTTP_MAX_CONNECTIONS", "HTTP_MAX_CONNECTIONS_PER_ADDRESS", "HTTP_HEADER_TIMEOUT",
        "HTTP_BODY_TIMEOUT", "HTTP_IDLE_TIMEOUT", "HTTP_SEND_TIMEOUT", "HTTP_DRAIN_TIMEOUT",
    ]

    /// Beyond it a request costs more memory than any honest one needs.
    private static let largestHead = 1 << 20
    private static let mostConnections = 1_000_000

    var limits = Limits()

    /// What is under way may take this long when the server stops.
    var drainTime = Duration.seconds(10)

    init(_ reader: SettingsReader) throws(UsageError) {
        func number(
            _ name: String,
            _ range: ClosedRange<Int>,
            _ value: inout Int
        ) throws(UsageError) {
            value = try reader.integer(name, in: range) ?? value
        }
        func time(_ name: String, from least: Double, _ value: inout Duration) throws(UsageError) {
            value = try reader.number(name, in: least...3600).map { .seconds($0) } ?? value
        }
        try number("HTTP_MAX_REQUEST_LINE", 64...Self.largestHead, &limits.parser.requestLine)
        try number("HTTP_MAX_HEADER_BYTES", 256...Self.largestHead, &limits.parser.headerBytes)
        try number("HTTP_MAX_HEADERS", 8...10_000, &limits.parser.headerCount)
        try number("HTTP_MAX_BODY", 1...(1 << 30), &limits.parser.body)
        try number("HTTP_MAX_CONNECTIONS", 1...Self.mostConnections, &limits.connections)
        try number(
            "HTTP_MAX_CONNECTIONS_PER_ADDRESS",
            1...Self.mostConnections,
            &limits.connectionsPerAddress
        )
        try time("HTTP_HEADER_TIMEOUT", from: 0.1, &limits.headTime)
        try time("HTTP_BODY_TIMEOUT", from: 0.1, &limits.bodyTime)
        try time("HTTP_IDLE_TIMEOUT", from: 0.1, &limits.idleTime)
        try time("HTTP_SEND_TIMEOUT", from: 0.1, &limits.sendTime)
        try time("HTTP_DRAIN_TIMEOUT", from: 0, &drainTime)
    }
}
