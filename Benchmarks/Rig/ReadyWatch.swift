import Foundation
import Synchronization
import TestSupport

/// Listens to `GET /api/events` on a thread of its own, and notes when each clip's `clip.ready` came.
///
/// Ends with the server.
final class ReadyWatch: Sendable {
    private let seen = Mutex<[String: Date]>([:])

    init(port: Int) throws {
        let socket = try Socket(connectedTo: port)
        let head = "GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n"
        try socket.send(Data(head.utf8))
        Thread.detachNewThread { [weak self] in
            var text = ""
            // A comment comes every 15 s.
            while let part = try? socket.receive(before: .now + .seconds(60)), !part.isEmpty {
                let moment = Date()
                text += String(decoding: part, as: UTF8.self)
                while let end = text.range(of: "\n\n") {
                    self?.note(text[..<end.lowerBound], moment)
                    text.removeSubrange(..<end.upperBound)
                }
            }
        }
    }

    /// When each clip's event came; waits for those that have not.
    func moments(of clips: [String]) async throws -> [Date] {
        try await eventually("clip.ready of all clips", timeout: .seconds(120)) {
            let moments = seen.withLock { seen in clips.compactMap { seen[$0] } }
            return moments.count == clips.count ? moments : nil
        }
    }

    private func note(_ event: Substring, _ moment: Date) {
        guard event.contains("event: clip.ready"),
            let id = event.firstMatch(of: /"id":"([^"]+)"/)
        else { return }
        seen.withLock { $0[String(id.1)] = moment }
    }
}
