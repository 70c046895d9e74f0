/// Asks a camera what it sends, without recording it.
package enum CameraProbe {
    package enum Answer: Sendable, Hashable {
        case sends(InputDescription)
        /// In plain words, without secrets.
        case fails(reason: String)
    }

    /// Reads a second of the camera's stream; gives up after `limit`.
    package static func ask(
        _ camera: CameraConfiguration,
        ffmpeg: FFmpeg,
        limit: Duration = .seconds(15)
    ) async -> Answer {
        let plan = RecordingPlan(guessing: camera.source)
        var log = FFmpegLog(secrets: Secrets(of: camera.source))
        var found: InputDescription?
        do {
            let outcome = try await ffmpeg.run(
                ["-loglevel", "level+info"] + RecordingArguments.input(camera, plan)
                    + ["-t", "1", "-f", "null", "-"],
                limit: limit
            )
            for line in outcome.log {
                if let input = log.add(line) { found = input }
            }
            if let found, found.video != nil { return .sends(found) }
            return .fails(reason: log.reason(outcome.status))
        } catch {
            return .fails(reason: "\(error)")
        }
    }
}
