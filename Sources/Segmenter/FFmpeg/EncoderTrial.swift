/// Tries whether an encoder works on this machine, by encoding a few frames.
package enum EncoderTrial {
    package enum Fault: Sendable, Hashable {
        /// This ffmpeg was built without it.
        case unknown
        /// What ffmpeg complained of first.
        case fails(reason: String)
    }

    /// Nil when it works.
    package static func run(
        _ encoding: CameraConfiguration.Encoding,
        ffmpeg: FFmpeg
    ) async -> Fault? {
        let encoder = encoding.encoder
        let arguments =
            ["-loglevel", "level+error"] + encoder.deviceArguments
            + ["-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25", "-frames:v", "5"]
            + ["-vf", encoder.filters.joined(separator: ",")]
            + encoder.arguments(encoding) + ["-f", "null", "-"]
        do {
            let outcome = try await ffmpeg.run(arguments, limit: .seconds(15))
            if outcome.status.isSuccess { return nil }
            if outcome.log.contains(where: { $0.contains("Unknown encoder") }) { return .unknown }
            let complaint = outcome.log.first.map { RunPlanner.message($0) }
            return .fails(reason: complaint ?? "ffmpeg ended with \(outcome.status)")
        } catch {
            return .fails(reason: "\(error)")
        }
    }
}
