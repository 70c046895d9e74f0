/// An RTSP camera whose sound is not what it announces, at 320 × 180 and 25 fps; see
/// `cameras/sound_camera.py`.
package final class SoundCamera: Stoppable {
    package enum Sound: String, Sendable {
        /// Announces G.711, and sends none until it is told to.
        case silent
        /// Sends G.711 five seconds before each viewer's first picture.
        case early
        /// Sends AAC with a header on each frame.
        case adts
        /// Does not say how its AAC is configured.
        case unconfigured
        /// Does not say how its packets of AAC are to be read.
        case unreadable
        /// Announces a format that nobody knows.
        case unknown
    }

    private let script: CameraScript

    private init(script: CameraScript) {
        self.script = script
    }

    package static func start(_ sound: Sound) async throws -> SoundCamera {
        let arguments = ["--sound", sound.rawValue]
        return SoundCamera(script: try await CameraScript.start("sound_camera.py", arguments))
    }

    package var url: String { "rtsp://127.0.0.1:\(script.port)/live" }

    /// Has a silent camera send its sound from now on.
    package func sound() async throws {
        try await script.obey("sound")
    }

    package func stop() async {
        await script.process.stop()
    }
}
