package import Foundation

/// RTSP cameras of several kinds on one real RTSP server (GStreamer's), at 640 × 360 and 25 fps.
///
/// A camera costs something only while it is watched: 1 to 4 % of a core.
package final class RTSPCameras: Stoppable {
    /// A camera that is always there. All have a keyframe every 2 s and no B-frames.
    package enum Kind: String, Sendable, CaseIterable {
        case h264
        case h264AAC = "h264-aac"
        /// With A-law sound.
        case h264G711 = "h264-g711"
        case h265
        /// H.264 whose every frame holds the moment of its capture: see ``ClockFrames``.
        case clock
    }

    /// The same large camera many times, made once and never encoded again: for benchmarks.
    package struct Copies: Sendable {
        package var count: Int
        package var size: String
        package var rate: Int
        /// As ffmpeg writes it.
        package var bitRate: String

        package init(
            count: Int,
            size: String = "1920x1080",
            rate: Int = 25,
            bitRate: String = "4M"
        ) {
            self.count = count
            self.size = size
            self.rate = rate
            self.bitRate = bitRate
        }
    }

    private static let sharedCameras = Task { try await RTSPCameras.start() }
    private let script: CameraScript

    private init(script: CameraScript) {
        self.script = script
    }

    /// The cameras that all tests of a run may share, started at the first call and never stopped.
    package static func shared() async throws -> RTSPCameras {
        try await sharedCameras.value
    }

    /// Starts a server of one's own.
    ///
    /// - Parameters:
    ///   - port: 0 chooses a free one; the same again brings a camera back that was stopped.
    ///   - limit: ends the server in any case.
    package static func start(
        port: Int = 0,
        copies: Copies? = nil,
        limit: Duration = .seconds(1800)
    ) async throws -> RTSPCameras {
        var arguments = ["--port", "\(port)", "--duration", "\(limit.components.seconds)"]
        if let copies {
            arguments += ["--cameras", "\(copies.count)", "--size", copies.size]
            arguments += ["--rate", "\(copies.rate)", "--bitrate", copies.bitRate]
        }
        return RTSPCameras(script: try await CameraScript.start("rtsp_cameras.py", arguments))
    }

    package var port: Int { script.port }

    /// The server's process, for measuring its cost.
    package var pid: pid_t { script.process.pid }

    package func url(for kind: Kind) -> URL {
        URL(string: "rtsp://127.0.0.1:\(port)/\(kind.rawValue)")!
    }

    /// The address of one of the copies, counted from 1.
    package func url(ofCopy number: Int) -> URL {
        URL(string: "rtsp://127.0.0.1:\(port)/cam\(number)")!
    }

    package func stop() async {
        await script.process.stop()
    }
}
