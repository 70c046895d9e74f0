package import Foundation

/// An HTTP camera that sends a file's bytes at an even pace, and then ends.
package final class HTTPStream: Stoppable {
    private let script: CameraScript

    private init(script: CameraScript) {
        self.script = script
    }

    /// Starts the camera.
    ///
    /// - Parameters:
    ///   - seconds: how long each client gets the file for.
    ///   - user: `name:password`, asked for by basic authentication; empty for none.
    package static func start(
        _ file: URL,
        seconds: Double,
        user: String = ""
    ) async throws -> HTTPStream {
        let arguments = ["--file", file.path, "--seconds", "\(seconds)", "--user", user]
        return HTTPStream(script: try await CameraScript.start("http_stream.py", arguments))
    }

    /// Host, port and path, as they stand in its URL after any user name and password.
    package var address: String { "127.0.0.1:\(script.port)/live" }

    package func stop() async {
        await script.process.stop()
    }
}
