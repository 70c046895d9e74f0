import Archive
import Glibc
import Segmenter

/// Writes the log: one line an event, on standard error.
enum Log {
    enum Level: String, Sendable {
        case info
        case warning
        case error
    }

    /// `2026-11-22T11:33:21.482Z warning camera door is down: …`
    static func write(_ level: Level, _ message: String) {
        let flat = message.replacing("\n", with: " ")
        let line = "\(Timestamp.now().iso8601) \(level.rawValue) \(flat)\n"
        // One write for a line, so that lines of several threads don't mix.
        _ = line.withCString { Glibc.write(STDERR_FILENO, $0, strlen($0)) }
    }
}
