import CLinux

/// What a connection still has to report: exchanges whose answers haven't left completely.
///
/// Pipelined answers leave together, so each is known by where in the output it ends.
struct ExchangeLedger {
    private struct Entry {
        let request: Request?
        let id: String

        /// Monotonic nanoseconds.
        let began: UInt64

        var status: Status?
        var bodyStart = 0

        /// Where the answer ends, once that is known.
        var end: Int?
    }

    /// nginx's word for a client that went before there was an answer; it is never sent.
    private static let clientClosedRequest = Status(499)

    private let report: @Sendable (ExchangeReport) -> Void
    private let peer: PeerAddress
    private var entries: [Entry] = []

    init(peer: PeerAddress, report: @escaping @Sendable (ExchangeReport) -> Void) {
        self.peer = peer
        self.report = report
    }

    /// A request has begun to be answered, or, if nil, could not be read.
    mutating func begin(_ request: Request?, since began: UInt64) {
        let id = request?.id ?? RequestID.make()
        entries.append(Entry(request: request, id: id, began: began))
    }

    /// The latest answer's head is written; its body begins at a position in the output.
    mutating func answer(_ status: Status, bodyStart: Int) {
        guard !entries.isEmpty else { return }
        entries[entries.count - 1].status = status
        entries[entries.count - 1].bodyStart = bodyStart
    }

    /// The latest answer is written up to its end.
    mutating func end(at position: Int) {
        guard !entries.isEmpty else { return }
        entries[entries.count - 1].end = position
    }

    /// Reports what has left, now that the socket has taken so much of the output.
    mutating func settle(sent: Int) {
        while let entry = entries.first, let end = entry.end, end <= sent {
            entries.removeFirst()
            close(entry, bytesSent: end - entry.bodyStart, isComplete: true)
        }
    }

    /// Reports all the rest: the connection is cut.
    mutating func cut(sent: Int) {
        settle(sent: sent)
        for entry in entries {
            let bytesSent = entry.status == nil ? 0 : max(0, sent - entry.bodyStart)
            close(entry, bytesSent: bytesSent, isComplete: false)
        }
        entries = []
    }

    private func close(_ entry: Entry, bytesSent: Int, isComplete: Bool) {
        let now = MonotonicClock.now
        let nanoseconds = Int(now > entry.began ? now - entry.began : 0)
        report(
            ExchangeReport(
                request: entry.request,
                remoteAddress: peer.text,
                status: entry.status ?? Self.clientClosedRequest,
                bytesSent: bytesSent,
                isComplete: isComplete,
                start: Int(clinux_realtime()) - nanoseconds / 1000,
                duration: .nanoseconds(nanoseconds),
                requestID: entry.id
            )
        )
    }
}
