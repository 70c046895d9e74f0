package import Foundation

/// An MJPEG camera over HTTP, in a process of its own, whose every picture says when it was taken; see
/// ``ClockFrames`` and `cameras/clock_mjpeg.py`.
///
/// 320 × 180.
package final class ClockMJPEG: Stoppable {
    private let script: CameraScript
    /// Between two pictures, in microseconds.
    package let frameInterval: Int64

    private init(script: CameraScript, rate: Double) {
        self.script = script
        frameInterval = Int64((1_000_000 / rate).rounded())
    }

    /// Starts the camera.
    ///
    /// - Parameters:
    ///   - rate: pictures per second.
    ///   - hasLengths: whether a part says how long it is, so that its end is known before the next comes.
    ///   - limit: ends the camera in any case.
    package static func start(
        rate: Double = 10,
        hasLengths: Bool = true,
        limit: Duration = .seconds(1800)
    ) async throws -> ClockMJPEG {
        var arguments = ["--rate", "\(rate)", "--duration", "\(limit.components.seconds)"]
        if !hasLengths { arguments.append("--no-lengths") }
        let script = try await CameraScript.start("clock_mjpeg.py", arguments)
        return ClockMJPEG(script: script, rate: rate)
    }

    package var url: URL { URL(string: "http://127.0.0.1:\(script.port)/video")! }

    /// Takes no picture for so many seconds.
    package func skip(_ seconds: Double) async throws {
        try await script.obey("skip \(seconds)")
    }

    /// The same again and again, every `period` seconds.
    package func skip(_ seconds: Double, every period: Double) async throws {
        try await script.obey("skips \(seconds) \(period)")
    }

    package func stop() async {
        await script.process.stop()
    }
}
