import Foundation
import TestSupport

/// wrk(1), with one thread on a core of its own.
struct Wrk {
    static let connections = 64

    /// For the scripts.
    let folder: TemporaryFolder

    /// Asks a server again and again.
    func run(_ row: HTTPRow, on server: any WebServer, for time: Duration) async throws -> WrkReport
    {
        let script = folder.file("\(row.rawValue).lua")
        try WrkScript.text(for: row).write(to: script, atomically: false, encoding: .utf8)
        let headers = row.headers.flatMap { ["--header", "\($0.key): \($0.value)"] }
        let load = ["--threads", "1", "--connections", "\(Self.connections)"]
        let limits = ["--duration", "\(Int(time.seconds))s", "--timeout", "30s"]
        let url = "http://127.0.0.1:\(server.port)\(row.path(on: server))"
        let command = Core.pinned(
            ["wrk"] + load + limits + ["--script", script.path] + headers + [url],
            to: Core.load
        )
        let output = try await ChildProcess.check(command[0], Array(command.dropFirst()))
        return try WrkReport(output: output.text)
    }
}
