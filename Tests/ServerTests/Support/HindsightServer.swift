import Foundation
import TestSupport

/// A real `hindsight serve` on a free port of 127.0.0.1, in a storage folder of its own.
final class HindsightServer: Stoppable {
    let process: ChildProcess
    let port: Int
    let storage: TemporaryFolder

    private init(process: ChildProcess, port: Int, storage: TemporaryFolder) {
        self.process = process
        self.port = port
        self.storage = storage
    }

    /// Starts it and waits until it answers. It encodes at little cost unless FFMPEG_PRESET is set.
    ///
    /// - Parameters:
    ///   - cameras: by id, what `source` says of each; none for the test pattern.
    ///   - storage: that of an earlier life, to go on with.
    ///   - descriptors: how many it may have open, if not as many as the test run.
    static func start(
        cameras: [(id: String, source: String)] = [],
        settings: [String] = [],
        storage: TemporaryFolder? = nil,
        descriptors: Int? = nil
    ) async throws -> HindsightServer {
        let storage = try storage ?? TemporaryFolder()
        var arguments = ["PORT=0", "STORAGE_PATH=\(storage.path)", "PUBLIC_PATH=\(publicFolder)"]
        if !settings.contains(where: { $0.hasPrefix("FFMPEG_PRESET=") }) {
            arguments.append("FFMPEG_PRESET=ultrafast")
        }
        if !cameras.isEmpty {
            let list = ["cameras": cameras.map { ["id": $0.id, "source": $0.source] }]
            let file = storage.file("cameras.json")
            try JSONSerialization.data(withJSONObject: list).write(to: file)
            arguments.append("CAMERAS_FILE=\(file.path)")
        }
        let process = try await run(arguments + settings, in: storage, descriptors: descriptors)
        let port = try await eventually("the server to answer", timeout: .seconds(20)) {
            if let status = process.status {
                throw TestFailure("hindsight ended with \(status): \(process.errorText)")
            }
            return process.errorText.firstMatch(of: /the page: http:\/\/[^:]+:(\d+)\/\n/)
                .flatMap { Int($0.1) }
        }
        return HindsightServer(process: process, port: port, storage: storage)
    }

    /// Runs the program with any arguments, away from settings that the test run may have.
    static func run(
        _ arguments: [String],
        in folder: TemporaryFolder,
        environment: [String: String] = [:],
        descriptors: Int? = nil
    ) async throws -> ChildProcess {
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "hindsight")
        let clean = ["API_KEY", "CAMERA_SOURCE", "RTSP_URL", "HTTP_URL", "CAMERAS_FILE", "HOST"]
        let limiting = descriptors.map { ["prlimit", "--nofile=\($0)"] } ?? []
        let command = limiting + [program.path] + arguments
        return try await ChildProcess.start(
            command[0],
            Array(command.dropFirst()),
            environment: Dictionary(uniqueKeysWithValues: clean.map { ($0, nil) })
                .merging(environment) { $1 },
            workingDirectory: folder.url
        )
    }

    private static let publicFolder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "public").path

    var client: HTTPClient { HTTPClient(port: port) }
    var url: URL { URL(string: "http://127.0.0.1:\(port)/")! }

    func url(_ path: String) -> URL { URL(string: "http://127.0.0.1:\(port)\(path)")! }

    func stop() async {
        await process.stop()
    }

    // MARK: - Asking

    func cameras() async throws -> [CameraAnswer] {
        try await client.get("/api/cameras").json()
    }

    func clips() async throws -> [ClipAnswer] {
        try await client.get("/api/videos?limit=1000").json()
    }

    func clip(_ id: String) async throws -> ClipAnswer {
        try await client.get("/api/videos/\(id)").json()
    }

    /// Waits until every camera's ring holds so many seconds.
    func waitForRings(of seconds: Double, timeout: Duration = .seconds(90)) async throws {
        try await eventually("rings of \(seconds) s", timeout: timeout, every: .milliseconds(200)) {
            try await cameras().allSatisfy { $0.ring.duration >= seconds }
        }
    }

    /// Triggers with a body and expects it to be accepted.
    func trigger(_ body: String? = nil) async throws -> ClipAnswer {
        let answer = try await client.post("/api/store", json: body)
        guard answer.status == 202 else { throw TestFailure("\(answer.status): \(answer.text)") }
        return try answer.json()
    }

    /// Waits until a clip is ready or failed.
    func finished(_ id: String, timeout: Duration = .seconds(120)) async throws -> ClipAnswer {
        try await eventually("clip \(id)", timeout: timeout, every: .milliseconds(100)) {
            let clip = try await clip(id)
            return ["ready", "failed"].contains(clip.status) ? clip : nil
        }
    }

    /// The MP4 of a clip, fetched into a file.
    func download(_ clip: ClipAnswer, into folder: TemporaryFolder) async throws -> URL {
        let answer = try await client.get(clip.links.stream, timeout: .seconds(60))
        guard answer.status == 200 else { throw TestFailure("\(answer.status): \(answer.text)") }
        let file = folder.file("\(clip.camera)-\(clip.id).mp4")
        try answer.body.write(to: file)
        return file
    }

    /// The process ids of the ffmpeg programs that it has started.
    func ffmpegs() throws -> [Int] {
        let children = "/proc/\(process.pid)/task"
        return try FileManager.default.contentsOfDirectory(atPath: children).flatMap { thread in
            let text = try? String(
                contentsOfFile: "\(children)/\(thread)/children",
                encoding: .utf8
            )
            return (text ?? "").split(separator: " ").compactMap { Int($0) }
        }
    }
}
