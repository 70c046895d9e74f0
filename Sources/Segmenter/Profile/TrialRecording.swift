/// Records a camera for a short while, just as its ring is, to see what it sends; keeps nothing.
package enum TrialRecording {
    package struct Outcome: Sendable {
        /// Recording if video came; else `reason` says why not.
        package let status: CameraStatus
        /// What was recorded. The files are gone.
        package let segments: [Segment]
    }

    /// How long the source may take to say what it sends.
    private static let connecting = Duration.seconds(20)
    private static let usual = Duration.seconds(10)
    /// Enough to tell the frame rate and the bit rate by.
    private static let enough = Duration.seconds(4)

    /// Records until the length is reached, the camera fails or the task is cancelled.
    ///
    /// - Parameter length: nil: until two keyframe intervals are known, at most ten seconds.
    package static func run(
        _ configuration: CameraConfiguration,
        ffmpeg: FFmpeg,
        length: Duration? = nil
    ) async throws(SegmenterError) -> Outcome {
        let folder = try Directory.createTemporary(prefix: "hindsight-probe")
        defer { Directory.remove(folder) }
        let camera = Camera(configuration, folder: folder, ffmpeg: ffmpeg, report: { _ in })
        let recording = Task { await camera.run() }
        await watch(camera, length)
        recording.cancel()
        // Closes the last segment too, which may be the only one.
        await recording.value
        var status = await camera.status
        let segments = await camera.ring.segments
        if status.state == .starting && segments.isEmpty {
            status.state = .down
            status.reason = silence(hasConnected: status.input != nil, length ?? usual)
        } else if status.state == .starting {
            // It was stopped before it was known when the video was taken: nobody asks that here.
            status.state = .live
        }
        return Outcome(status: status, segments: segments)
    }

    /// Why there is nothing although nothing has failed.
    private static func silence(hasConnected: Bool, _ length: Duration) -> String {
        if Task.isCancelled { return "stopped before there was any video" }
        return hasConnected
            ? "no video came within \(Int(length.seconds)) s"
            : "it did not say within \(Int(connecting.seconds)) s what it sends"
    }

    private static func watch(_ camera: Camera, _ length: Duration?) async {
        var deadline = ContinuousClock.now + connecting
        var isConnected = false
        while !Task.isCancelled && ContinuousClock.now < deadline {
            let status = await camera.status
            if status.state == .down || status.state == .stalled { return }
            if status.input != nil && !isConnected {
                isConnected = true
                deadline = .now + (length ?? usual)
            }
            if length == nil, let profile = status.profile, isTelling(profile) { return }
            try? await Task.sleep(for: .milliseconds(100))
        }
    }

    private static func isTelling(_ profile: StreamProfile) -> Bool {
        (profile.groups?.count ?? 0) >= 2 && profile.duration >= enough
    }
}
