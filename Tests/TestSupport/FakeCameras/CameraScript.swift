import Foundation

/// A camera program of the folder `cameras`, running on a port of its own choice.
struct CameraScript: Sendable {
    let process: ChildProcess
    let port: Int

    /// Starts the script and waits until it serves.
    static func start(_ name: String, _ arguments: [String]) async throws -> CameraScript {
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "cameras/\(name)")
        // Debian's own Python, not another one that comes first in PATH: it alone has `gi`.
        let process = try await ChildProcess.start(
            "/usr/bin/python3",
            // Without -B it would leave its modules, compiled, beside them.
            ["-B", script.path] + arguments,
            input: .open
        )
        let line = try await process.line(startingWith: "ready ", timeout: .seconds(60))
        guard let port = Int(line) else { throw TestFailure("\(name): no port in \(line)") }
        return CameraScript(process: process, port: port)
    }
}
