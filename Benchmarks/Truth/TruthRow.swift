import Foundation
import TestSupport

/// What makes it hard to know when a frame was taken.
enum TruthRow: String, CaseIterable {
    /// Cameras that take no frames for under a second, now and then.
    case skips
    /// Cameras with a picture a second.
    case slow
    /// Timestamps at a wrong pace.
    case pace
    /// Cameras, networks and recorders that are late for a while and then catch up.
    case lag
    /// A file system that knows times by two seconds, and no links, as exFAT.
    case coarse
    /// A file system whose clock is seven seconds behind, as a network drive's may be.
    case foreign

    /// Starts its cameras.
    func scene() async throws -> TruthScene {
        switch self {
        case .skips: try await .skips()
        case .slow: try await .slow()
        case .pace: try await .pace()
        case .lag: try await .lag()
        case .coarse: try await .files(.init(step: 2, hasLinks: false))
        case .foreign: try await .files(.init(ahead: -7))
        }
    }
}

/// Cameras, and what goes on while they are recorded.
struct TruthScene {
    struct Camera {
        let id: String
        let source: String
        /// Between two frames, in microseconds.
        let interval: Int64
    }

    let cameras: [Camera]
    /// All that is to be stopped.
    let source: StoppableGroup
    /// Where the server is to keep its files; nil for the usual place.
    var storage: URL?
    /// What happens again and again, until it is cancelled.
    var disturbance: @Sendable (Rig) async throws -> Void = { _ in }

    private init(_ clocks: ClockCameras, _ mjpeg: [(id: String, camera: ClockMJPEG)] = []) {
        cameras =
            clocks.sources.map {
                Camera(id: $0.id, source: $0.source, interval: ClockCamera.frameInterval)
            }
            + mjpeg.map {
                Camera(
                    id: $0.id,
                    source: $0.camera.url.absoluteString,
                    interval: $0.camera.frameInterval
                )
            }
        source = StoppableGroup([clocks] + mjpeg.map { $0.camera })
    }

    fileprivate static func skips() async throws -> TruthScene {
        let lengths = [0.4, 0.6, 0.8]
        let clocks = try await ClockCameras.start(
            lengths.map { .init(id: "rtsp-\(Int($0 * 1000))-ms") } + [.init(id: "rtsp-rarely")]
        )
        let mjpeg = try await ClockMJPEG.start(rate: 10)
        for (camera, length) in zip(clocks.sources, lengths) {
            try await clocks[camera.id].tell(.skips(length, period: 6))
        }
        try await mjpeg.skip(0.6, every: 6)
        var scene = TruthScene(clocks, [("mjpeg-600-ms", mjpeg)])
        scene.disturbance = { _ in
            while true {
                try await clocks["rtsp-rarely"].tell(.skip(0.6))
                try await Task.sleep(for: .seconds(30))
            }
        }
        return scene
    }

    fileprivate static func slow() async throws -> TruthScene {
        TruthScene(
            try await ClockCameras.start([]),
            [
                ("mjpeg-1-fps", try await ClockMJPEG.start(rate: 1)),
                ("without-lengths", try await ClockMJPEG.start(rate: 1, hasLengths: false)),
                ("mjpeg-2-fps", try await ClockMJPEG.start(rate: 2)),
            ]
        )
    }

    fileprivate static func pace() async throws -> TruthScene {
        let plans = [0.0111, 0.7, 1.4, 2, 10.5].map { pace in
            ClockCameras.Plan(
                id: "at-\(Int(pace * 100))-percent",
                options: .init(pace: pace)
            )
        }
        let sound = ClockCameras.Plan(id: "with-sound", options: .init(pace: 2, hasAudio: true))
        return TruthScene(try await ClockCameras.start(plans + [sound]))
    }

    fileprivate static func lag() async throws -> TruthScene {
        let clocks = try await ClockCameras.start([
            .init(id: "camera"), .init(id: "network", jitter: .init(longest: 0)),
            .init(id: "ffmpeg"),
        ])
        var scene = TruthScene(clocks)
        scene.disturbance = { rig in
            try await withThrowingTaskGroup { group in
                group.addTask { try await repeatSlowness(of: clocks["camera"]) }
                group.addTask { try await repeatSlowness(of: clocks.network(of: "network")) }
                group.addTask { try await repeatHanging(before: clocks["ffmpeg"], rig) }
                try await group.waitForAll()
            }
        }
        return scene
    }

    /// Up to ten seconds behind.
    private static func repeatSlowness(of camera: ClockCamera) async throws {
        while true {
            try await camera.tell(.slow(0.5))
            try await Task.sleep(for: .seconds(20))
            try await camera.tell(.catchUp)
            try await Task.sleep(for: .seconds(15))
        }
    }

    /// Up to half a minute behind: longer than what a clock may take for a passing delay.
    private static func repeatSlowness(of network: JitterProxy) async throws {
        while true {
            try await network.slow(to: 0.5)
            try await Task.sleep(for: .seconds(60))
            try await network.catchUp()
            try await Task.sleep(for: .seconds(20))
        }
    }

    private static func repeatHanging(before camera: ClockCamera, _ rig: Rig) async throws {
        while true {
            if let ffmpeg = try rig.ffmpeg(of: camera) {
                kill(ffmpeg, SIGSTOP)
                defer { kill(ffmpeg, SIGCONT) }
                try await Task.sleep(for: .seconds(6))
            }
            try await Task.sleep(for: .seconds(18))
        }
    }

    fileprivate static func files(_ oddity: OddTimes.Oddity) async throws -> TruthScene {
        let files = try await OddTimes.start(oddity)
        let clocks = try await ClockCameras.start([.init(id: "clock")])
        var scene = TruthScene(clocks, files)
        scene.storage = URL(filePath: files.path).appending(path: "storage")
        return scene
    }

    private init(_ clocks: ClockCameras, _ files: OddTimes) {
        cameras = clocks.sources.map {
            Camera(id: $0.id, source: $0.source, interval: ClockCamera.frameInterval)
        }
        source = StoppableGroup([files, clocks])
    }
}
