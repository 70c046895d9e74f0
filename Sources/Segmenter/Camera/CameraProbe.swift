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
        var planner = RunPlanner(for: camera)
        let secrets = Secrets(of: camera.source)
        if planner.wantsBeginning,
            let beginning = await StreamBeginning.ask(camera.source, ffmpeg: ffmpeg)
        {
            planner.learn(beginning)
        }
        while true {
            planner.begin()
            var log = FFmpegLog(secrets: secrets)
            var found: InputDescription?
            var learned = false
            do {
                let outcome = try await ffmpeg.run(
                    ["-loglevel", "level+info"] + RecordingArguments.input(camera, planner.plan)
                        + ["-t", "1", "-f", "null", "-"],
                    limit: limit
                )
                for line in outcome.log {
                    let input = log.add(line)
                    if let input { found = input }
                    let verdict = planner.take(secrets.redact(line), found: nil, age: .zero)
                    learned = learned || verdict == .replan
                }
                if let found, found.video != nil { return .sends(found) }
                // Each lesson is learned once.
                if !learned {
                    let reason = log.reason(outcome.status)
                    let source = camera.source
                    let better = await LoginChallenge.explain(reason, of: source, ffmpeg: ffmpeg)
                    return .fails(reason: better ?? reason)
                }
            } catch {
                return .fails(reason: "\(error)")
            }
        }
    }
}
