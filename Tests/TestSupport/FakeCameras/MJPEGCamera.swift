package import Foundation

/// An HTTP camera that sends multipart MJPEG at 640 × 360 and 15 fps to any number of clients.
package final class MJPEGCamera: Stoppable {
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
        port: Int = 0,
        limit: Duration = .seconds(1800)
    ) async throws -> MJPEGCamera {
        let arguments = ["--port", "\(port)", "--duration", "\(limit.components.seconds)"]
        return MJPEGCamera(script: try await CameraScript.start("mjpeg_camera.py", arguments))
    }

    package var port: Int { script.port }

    package var url: URL { URL(string: "http://127.0.0.1:\(port)/video")! }

    package func stop() async {
        await script.process.stop()
    }
}
