import Segmenter

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `hindsight probe`: records a camera for some seconds; says what it sends, and what of that hurts.
enum ProbeCommand {
    /// Prints the answer; the exit code is a failure when no video came.
    static func run(_ request: ProbeRequest) async -> Int32 {
        do {
            let settings = try SettingsLoader.load(request.settings)
            let camera = try camera(request.target, settings)
            let (finding, ffmpeg) = await FFmpegCheck.run(path: settings.ffmpegPath)
            guard let ffmpeg else {
                Log.write(.error, finding.line)
                return ExitCode.failure
            }
            let outcome = try await record(camera, request.seconds, ffmpeg)
            if request.wantsJSON {
                let resource = CameraResource(camera, outcome.status, outcome.segments)
                print(String(decoding: try JSONBody.bytes(resource), as: UTF8.self))
            } else {
                for line in ProbeReport.lines(camera, outcome.status) { print(line) }
            }
            return outcome.status.state.isRecording ? ExitCode.success : ExitCode.failure
        } catch let error as UsageError {
            Log.write(.error, error.message)
            return ExitCode.usage
        } catch {
            Log.write(.error, "cannot probe: \(error)")
            return ExitCode.failure
        }
    }

    private static func camera(
        _ target: String,
        _ settings: Settings
    ) throws(UsageError) -> CameraConfiguration {
        var camera = settings.standard
        if let configured = settings.cameras.first(where: { $0.id == target }) {
            camera = configured
        } else if let source = CameraSource(parsing: target) {
            camera.source = source.resolved(against: FileManager.default.currentDirectoryPath)
            (camera.id, camera.name) = ("probe", source.description)
        } else {
            throw UsageError(
                """
                what to probe is neither a device, rtsp://, http://, https://, a file, test, nor the \
                id of a configured camera
                """
            )
        }
        // Even one that is switched off can be asked.
        camera.enabled = true
        return camera
    }

    /// Records; a signal to stop ends it early.
    private static func record(
        _ camera: CameraConfiguration,
        _ seconds: Double?,
        _ ffmpeg: FFmpeg
    ) async throws -> TrialRecording.Outcome {
        let recording = Task {
            try await TrialRecording.run(
                camera,
                ffmpeg: ffmpeg,
                length: seconds.map { .seconds($0) }
            )
        }
        let signals = StopSignals()
        let stopping = Task {
            for await _ in signals.requests { recording.cancel() }
        }
        defer { stopping.cancel() }
        return try await recording.value
    }
}
