import Foundation
import TestSupport

/// A server whose cameras are changed while it runs: films of a second and a half, played in a loop.
struct FleetServer {
    /// An entry of CAMERAS_FILE, as JSON.
    typealias Entry = [String: any Sendable]

    let server: HindsightServer
    /// CAMERAS_FILE.
    let file: URL
    private let films: [String]

    static func run(
        _ ids: [String],
        settings: [String] = [],
        storage: TemporaryFolder? = nil,
        _ body: (FleetServer) async throws -> Void
    ) async throws {
        let storage = try storage ?? TemporaryFolder()
        var films: [String] = []
        for (name, size) in [("small.mp4", "160x120"), ("large.mp4", "320x180")] {
            let film = storage.file(name)
            try await TestVideo(seconds: 4, size: size, keyframeInterval: 25).write(to: film)
            films.append(film.path)
        }
        let server = try await HindsightServer.start(
            cameras: ids.map { ($0, films[0]) },
            settings: ["SEGMENT_DURATION=1"] + settings,
            storage: storage
        )
        try await withStopping(server) { server in
            let file = storage.file("cameras.json")
            try await body(FleetServer(server: server, file: file, films: films))
        }
    }

    /// A camera that plays the small film, or the large one.
    func entry(_ id: String, isLarge: Bool = false, _ more: Entry = [:]) -> Entry {
        ["id": id, "source": films[isLarge ? 1 : 0]].merging(more) { $1 }
    }

    /// Writes CAMERAS_FILE.
    ///
    /// - Parameter inPlace: into the file itself; else a new one takes its place by rename.
    func write(_ cameras: [Entry], inPlace: Bool = false) throws {
        let text = try JSONSerialization.data(withJSONObject: ["cameras": cameras])
        try text.write(to: file, options: inPlace ? [] : .atomic)
    }

    /// Waits until these are the cameras, in this order.
    func waitForCameras(_ ids: [String]) async throws {
        try await eventually("cameras \(ids)", timeout: .seconds(30)) {
            try await server.cameras().map(\.id) == ids
        }
    }

    /// Waits until a camera is live, and fits.
    @discardableResult
    func waitUntilLive(
        _ id: String,
        where fits: (CameraAnswer) -> Bool = { _ in true }
    ) async throws -> CameraAnswer {
        try await eventually("camera \(id) to be live", timeout: .seconds(60)) {
            try await server.cameras().first { $0.id == id && $0.status == "live" && fits($0) }
        }
    }

    /// Waits until the log has a line with these words, and gives how many it has.
    func waitForLog(_ words: String) async throws {
        try await eventually("\(words) in \(server.process.errorText)", timeout: .seconds(30)) {
            server.process.errorText.contains(words)
        }
    }

    func healthWarnings() async throws -> [String] {
        let health = try await server.client.get("/api/health").jsonObject()
        return health["warnings"] as? [String] ?? ["no warnings"]
    }

    /// The runs of a camera that its live playlist shows, by their initialisation segments, once those
    /// are so many.
    func runs(of id: String, atLeast count: Int = 1) async throws -> [String] {
        try await eventually("the playlist to show \(count) runs of \(id)") {
            let playlist = try await server.client.get("/api/cameras/\(id)/live/index.m3u8").text
            let runs = playlist.matches(of: /#EXT-X-MAP:URI="([^"]+)"/).map { String($0.1) }
            return runs.count >= count ? runs : nil
        }
    }

    /// Whether a camera has a folder among the rings.
    func hasRing(_ id: String) -> Bool {
        FileManager.default.fileExists(atPath: server.storage.file("ring/\(id)").path)
    }
}
