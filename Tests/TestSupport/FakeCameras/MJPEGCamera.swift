package import Foundation

/// An HTTP camera that sends Motion JPEG, at 640 × 360 and 15 fps by itself, to any number of clients; see
/// `cameras/mjpeg_camera.py`.
package final class MJPEGCamera: Stoppable {
    package struct Options: Sendable {
        /// How the pictures are put into the stream.
        package enum Framing: String, Sendable, CaseIterable {
            case plain, unsized, late, double, headless, jpg, parameter, quoted, lines, untyped,
                bare
        }

        package var framing: Framing
        package var size: String
        package var framesPerSecond: Int
        /// Each picture says when it was sent: see ``ClockFrames``. Its size is 16:9.
        package var hasClock: Bool
        /// So many seconds more pass before every fifth picture.
        package var pause: Double
        /// What the pictures become five seconds after a client has come: a size, or a pixel format.
        package var change: String?
        /// They are grey, and have 16000 × 16000 pixels.
        package var isHuge: Bool

        package init(
            framing: Framing = .plain,
            size: String = "640x360",
            framesPerSecond: Int = 15,
            hasClock: Bool = false,
            pause: Double = 0,
            change: String? = nil,
            isHuge: Bool = false
        ) {
            self.framing = framing
            self.size = size
            self.framesPerSecond = framesPerSecond
            self.hasClock = hasClock
            self.pause = pause
            self.change = change
            self.isHuge = isHuge
        }

        fileprivate var arguments: [String] {
            var arguments = ["--framing", framing.rawValue, "--size", size]
            arguments += ["--rate", "\(framesPerSecond)", "--pause", "\(pause)"]
            if hasClock { arguments.append("--clock") }
            if let change { arguments += ["--change", change] }
            if isHuge { arguments.append("--huge") }
            return arguments
        }
    }

    private let script: CameraScript

    private init(script: CameraScript) {
        self.script = script
    }

    /// Starts the camera.
    ///
    /// - Parameters:
    ///   - port: 0 chooses a free one; the same again brings a camera back that was stopped.
    ///   - limit: ends the camera in any case.
    package static func start(
        _ options: Options = Options(),
        port: Int = 0,
        limit: Duration = .seconds(1800)
    ) async throws -> MJPEGCamera {
        let arguments = ["--port", "\(port)", "--duration", "\(limit.components.seconds)"]
        return MJPEGCamera(
            script: try await CameraScript.start("mjpeg_camera.py", arguments + options.arguments)
        )
    }

    package var port: Int { script.port }

    package var url: URL { URL(string: "http://127.0.0.1:\(port)/video")! }

    package func stop() async {
        await script.process.stop()
    }
}
