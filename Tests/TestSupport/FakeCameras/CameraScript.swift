import Foundation

/// A camera program of the folder `cameras`, running on a port of its own choice.
struct CameraScript: Sendable {
    let process: ChildProcess
    let port: Int
    private let commands = CommandCounter()

    private init(process: ChildProcess, port: Int) {
        self.process = process
        self.port = port
    }

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

    /// Gives a script that obeys commands one of them, and returns when it is obeyed.
    func obey(_ command: String) async throws {
        let number = await commands.next()
        try process.write(line: command)
        _ = try await process.line(startingWith: "done \(number)", timeout: .seconds(10))
    }
}

/// Numbers the commands that a script was given, from 1.
private actor CommandCounter {
    private var count = 0

    func next() -> Int {
        count += 1
        return count
    }
}
