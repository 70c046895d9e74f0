import Dispatch
import Glibc
import HTTP
import Synchronization

/// Writes a line for each exchange, on a queue of its own: no event loop waits for the disk.
final class AccessLog: Sendable {
    /// What waits to be written. Beyond it lines are lost and counted: better than a server that
    /// stops, or grows, because its log cannot keep up.
    private static let limit = 16_384

    /// How long lines are gathered, so that one write takes many.
    private static let pause = DispatchTimeInterval.milliseconds(50)

    private struct Backlog {
        var reports: [ExchangeReport] = []
        var lost = 0
        var isWritePlanned = false
    }

    private let format: AccessLogFormat
    private let limit: Int
    private let report: @Sendable (String) -> Void
    private let file: Mutex<LogFile>
    private let backlog = Mutex(Backlog())
    private let hasFailed = Mutex(false)
    private let queue = DispatchQueue(label: "access-log")

    /// - Parameters:
    ///   - path: nil for standard output.
    ///   - report: told, in words, when lines are lost.
    init(
        _ format: AccessLogFormat,
        path: String?,
        limit: Int = AccessLog.limit,
        report: @escaping @Sendable (String) -> Void
    ) throws(UsageError) {
        self.format = format
        self.limit = limit
        self.report = report
        file = Mutex(try LogFile(path: path))
    }

    /// Takes an exchange; never waits.
    func record(_ report: ExchangeReport) {
        let mustPlan = backlog.withLock { backlog in
            guard backlog.reports.count < limit else {
                backlog.lost += 1
                return false
            }
            backlog.reports.append(report)
            defer { backlog.isWritePlanned = true }
            return !backlog.isWritePlanned
        }
        if mustPlan { queue.asyncAfter(deadline: .now() + Self.pause) { self.write() } }
    }

    /// Goes on in a new file at the path, after the old one was renamed.
    func reopen() {
        queue.async {
            // What came before belongs into the old one.
            self.write()
            let error = self.file.withLock { $0.reopen() }
            if error != 0 {
                self.report("the access log cannot be opened anew: \(Self.words(error))")
            }
        }
    }

    /// Writes what there is, unless that takes longer than `patience`.
    func close(within patience: DispatchTimeInterval = .seconds(2)) async {
        let (end, continuation) = AsyncStream.makeStream(of: Void.self)
        queue.async {
            self.write()
            continuation.finish()
        }
        DispatchQueue.global().asyncAfter(deadline: .now() + patience) { continuation.finish() }
        for await _ in end {}
    }

    private func write() {
        let (reports, lost) = backlog.withLock { backlog in
            defer { backlog = Backlog() }
            return (backlog.reports, backlog.lost)
        }
        var lines: [UInt8] = []
        for report in reports { format.append(report, to: &lines) }
        let error = file.withLock { $0.write(lines) }
        tell(of: error)
        if lost > 0 {
            report("the access log could not keep up: \(lost) lines are missing")
        }
    }

    /// Tells of trouble once, not of every line.
    private func tell(of error: Int32) {
        let isNew = hasFailed.withLock { hasFailed in
            defer { hasFailed = error != 0 }
            return error != 0 && !hasFailed
        }
        if isNew { report("the access log cannot be written: \(Self.words(error))") }
    }

    private static func words(_ error: Int32) -> String { String(cString: strerror(error)) }
}
