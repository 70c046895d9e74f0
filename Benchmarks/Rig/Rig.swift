import Foundation
import TestSupport

/// The release build of Hindsight, recording identical RTSP cameras into a temporary folder.
final class Rig: Stoppable {
    /// In seconds; the server's default.
    static let bufferDuration = 60.0
    /// In seconds; the distance of the cameras' keyframes.
    static let segmentDuration = 2.0
    /// What a ring may hold, in seconds: that of the buffer and two segments.
    static let longestRing = bufferDuration + 2 * segmentDuration

    /// The cameras' ids.
    let cameras: [String]
    let client: HTTPClient
    private let folder: TemporaryFolder
    private let source: RTSPCameras
    private let server: ChildProcess

    private init(
        cameras: [String],
        client: HTTPClient,
        folder: TemporaryFolder,
        source: RTSPCameras,
        server: ChildProcess
    ) {
        self.cameras = cameras
        self.client = client
        self.folder = folder
        self.source = source
        self.server = server
    }

    /// Starts the cameras and the server, and returns when every camera is live.
    static func start(cameras count: Int) async throws -> Rig {
        let folder = try TemporaryFolder()
        let source = try await RTSPCameras.start(copies: .init(count: count))
        let cameras = (1...count).map { "cam\($0)" }
        try camerasFile(cameras, source).write(to: folder.file("cameras.json"))
        for name in ["storage", "public"] {
            try FileManager.default.createDirectory(
                at: folder.file(name),
                withIntermediateDirectories: false
            )
        }
        let port = try FreePort.next()
        let server = try await ChildProcess.start(
            try program.path,
            [
                "HOST=127.0.0.1", "PORT=\(port)",
                "CAMERAS_FILE=\(folder.file("cameras.json").path)",
                "STORAGE_PATH=\(folder.file("storage").path)",
                "PUBLIC_PATH=\(folder.file("public").path)",
            ],
            // Where there is no .env.
            workingDirectory: folder.url
        )
        let rig = Rig(
            cameras: cameras,
            client: HTTPClient(port: port),
            folder: folder,
            source: source,
            server: server
        )
        try await eventually("live cameras\n\(server.errorText)", timeout: .seconds(60)) {
            if let status = server.status { throw TestFailure("\(status)\n\(server.errorText)") }
            let states = try? await rig.cameraStates()
            return states?.allSatisfy { $0.status == "live" } ?? false
        }
        return rig
    }

    /// The server's process.
    var pid: pid_t { server.pid }

    /// What the server keeps.
    var storage: URL { folder.file("storage") }

    /// A file of the benchmark's own, on the same file system as `storage`.
    func scratch(_ name: String) -> URL { folder.file(name) }

    func stop() async {
        await server.stop()
        await source.stop()
    }

    private static func camerasFile(_ cameras: [String], _ source: RTSPCameras) throws -> Data {
        let entries = cameras.enumerated().map { index, id in
            ["id": id, "source": source.url(ofCopy: index + 1).absoluteString]
        }
        return try JSONEncoder().encode(["cameras": entries])
    }

    /// `hindsight` in the folder that this program was built into.
    private static var program: URL {
        get throws {
            let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            let program = URL(filePath: own).deletingLastPathComponent().appending(
                path: "hindsight"
            )
            guard FileManager.default.isExecutableFile(atPath: program.path) else {
                throw TestFailure("no hindsight beside \(own): swift build -c release")
            }
            return program
        }
    }
}
