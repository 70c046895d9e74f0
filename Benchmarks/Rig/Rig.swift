import Foundation
import TestSupport

/// The release build of Hindsight, recording RTSP cameras into a temporary folder.
final class Rig: Stoppable {
    /// In seconds; the server's default.
    static let bufferDuration = 60.0
    /// In seconds; the distance of the cameras' keyframes.
    static let segmentDuration = 2.0
    /// What a ring may hold, in seconds: that of the buffer and two segments.
    static let longestRing = bufferDuration + 2 * segmentDuration

    /// What the server shows to visitors: the folder `public` of this package.
    private static let page = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "public")

    /// The cameras' ids.
    let cameras: [String]
    private let folder: TemporaryFolder
    private let source: any Stoppable
    private let server: HindsightServer
    /// What the server keeps.
    let storage: URL

    private init(
        cameras: [String],
        folder: TemporaryFolder,
        storage: URL,
        source: any Stoppable,
        server: HindsightServer
    ) {
        self.cameras = cameras
        self.folder = folder
        self.storage = storage
        self.source = source
        self.server = server
    }

    /// Starts identical large cameras and the server, and returns when every camera is live.
    ///
    /// - Parameter limit: ends the cameras in any case.
    static func start(
        cameras count: Int,
        bitRate: String = "4M",
        limit: Duration = .seconds(1800)
    ) async throws -> Rig {
        let copies = RTSPCameras.Copies(count: count, bitRate: bitRate)
        let source = try await RTSPCameras.start(copies: copies, limit: limit)
        return try await start(
            (1...count).map { ("cam\($0)", source.url(ofCopy: $0).absoluteString) },
            of: source
        )
    }

    /// Starts the server, and returns when every camera is live; stops `source` with it.
    ///
    /// - Parameters:
    ///   - storage: where the server keeps its files, if not beside the others.
    ///   - mustBeLive: whether it is to be waited for.
    static func start(
        _ cameras: [(id: String, source: String)],
        of source: any Stoppable,
        storage: URL? = nil,
        mustBeLive: Bool = true
    ) async throws -> Rig {
        let folder = try TemporaryFolder()
        try FileManager.default.copyItem(at: page, to: folder.file("public"))
        let storage = storage ?? folder.file("storage")
        let server = try await HindsightServer.start(
            cameras: cameras.map { .init(id: $0.id, source: $0.source) },
            in: folder,
            storage: storage
        )
        let rig = Rig(
            cameras: cameras.map(\.id),
            folder: folder,
            storage: storage,
            source: source,
            server: server
        )
        guard mustBeLive else { return rig }
        try await eventually("live cameras", timeout: .seconds(60)) {
            try server.checkRunning()
            let states = try? await rig.cameraStates()
            return states?.allSatisfy { $0.status == "live" } ?? false
        }
        return rig
    }

    var client: HTTPClient { server.client }

    /// The server's process.
    var pid: pid_t { server.pid }

    /// A file of the benchmark's own, on the same file system as `storage`.
    func scratch(_ name: String) -> URL { folder.file(name) }

    func stop() async {
        await server.stop()
        await source.stop()
    }
}
