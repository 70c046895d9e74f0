import Foundation
import TestSupport

/// A client of `GET /api/events`, by curl.
final class EventStream: Stoppable {
    struct Event: Sendable {
        let type: String
        let id: String
        let data: String

        func json<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
            try JSONDecoder().decode(type, from: Data(data.utf8))
        }
    }

    let process: ChildProcess

    private init(_ process: ChildProcess) {
        self.process = process
    }

    /// Subscribes, and waits until the stream has begun.
    static func open(
        _ server: HindsightServer,
        headers: [String: String] = [:]
    ) async throws -> EventStream {
        let fields = headers.flatMap { ["--header", "\($0.key): \($0.value)"] }
        let stream = EventStream(
            try await ChildProcess.start(
                "curl",
                ["--silent", "--show-error", "--no-buffer", "--fail"] + fields
                    + [server.url("/api/events").absoluteString]
            )
        )
        do {
            try await eventually("the stream's opening") {
                if let status = stream.process.status {
                    throw TestFailure("\(status): \(stream.process.errorText)")
                }
                return stream.process.outputText.contains("retry: ")
            }
        } catch {
            await stream.stop()
            throw error
        }
        return stream
    }

    /// What came so far.
    var events: [Event] {
        process.outputText.components(separatedBy: "\n\n").dropLast().compactMap { block in
            var fields: [String: String] = [:]
            for line in block.split(separator: "\n") {
                let parts = line.split(separator: ": ", maxSplits: 1)
                fields[String(parts[0])] = parts.count == 2 ? String(parts[1]) : ""
            }
            guard let type = fields["event"], let data = fields["data"] else { return nil }
            return Event(type: type, id: fields["id"] ?? "", data: data)
        }
    }

    /// Waits for the first event of a type.
    func event(_ type: String, timeout: Duration = .seconds(60)) async throws -> Event {
        try await eventually("\(type) in \(process.outputText)", timeout: timeout) {
            events.first { $0.type == type }
        }
    }

    func stop() async {
        await process.stop()
    }
}
