import Foundation
import TestSupport

/// A release build of Hindsight: the one beside this program, or the one that `HINDSIGHT` names.
final class HindsightServer: WebServer {
    /// A line of its cameras file.
    struct CameraEntry: Encodable {
        let id: String
        let source: String
        var enabled = true
    }

    let name = "hindsight"
    let port: Int
    private let process: ChildProcess

    private init(port: Int, process: ChildProcess) {
        self.port = port
        self.process = process
    }

    /// Starts it and returns when it answers.
    ///
    /// - Parameters:
    ///   - folder: gets its folders `storage` and `public`, unless they are there.
    ///   - storage: in place of the folder's own.
    ///   - core: where it is to run; nil means anywhere.
    static func start(
        cameras: [CameraEntry],
        in folder: TemporaryFolder,
        storage: URL? = nil,
        core: Int? = nil
    ) async throws -> HindsightServer {
        let file = folder.file("cameras.json")
        try JSONEncoder().encode(["cameras": cameras]).write(to: file)
        for name in ["storage", "public"] {
            try FileManager.default.createDirectory(
                at: folder.file(name),
                withIntermediateDirectories: true
            )
        }
        let port = try FreePort.next()
        let plain = [
            try program, "HOST=127.0.0.1", "PORT=\(port)", "CAMERAS_FILE=\(file.path)",
            "STORAGE_PATH=\((storage ?? folder.file("storage")).path)",
            "PUBLIC_PATH=\(folder.file("public").path)",
        ]
        let command = core.map { Core.pinned(plain, to: $0) } ?? plain
        let server = HindsightServer(
            port: port,
            // Where there is no .env.
            process: try await ChildProcess.start(
                command[0],
                Array(command.dropFirst()),
                workingDirectory: folder.url
            )
        )
        try await eventually("hindsight\n\(server.process.errorText)") {
            try server.checkRunning()
            return (try? await server.client.get("/api/health")) != nil
        }
        return server
    }

    var pid: pid_t { process.pid }

    /// Fails, quoting its log, if it has ended.
    func checkRunning() throws {
        if let status = process.status { throw TestFailure("\(status)\n\(process.errorText)") }
    }

    func stop() async {
        await process.stop()
    }

    private static var program: String {
        get throws {
            if let named = ProcessInfo.processInfo.environment["HINDSIGHT"] {
                return URL(filePath: named).absoluteURL.path
            }
            let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            let program = URL(filePath: own).deletingLastPathComponent().appending(
                path: "hindsight"
            )
            guard FileManager.default.isExecutableFile(atPath: program.path) else {
                throw TestFailure("no hindsight beside \(own): swift build -c release")
            }
            return program.path
        }
    }
}
