import Segmenter

/// `hindsight doctor`: looks for what keeps the program from working.
enum DoctorCommand {
    /// Prints each finding; the exit code is a failure when one of them is.
    static func run(_ overrides: [String: String]) async -> Int32 {
        let settings: Settings
        do throws(UsageError) {
            settings = try SettingsLoader.load(overrides)
        } catch {
            show(.failure(error.message, remedy: "mend the setting; see hindsight --help"))
            return ExitCode.failure
        }
        var failures = 0
        func take(_ finding: Finding) {
            show(finding)
            if finding.outcome == .failure { failures += 1 }
        }
        let (finding, ffmpeg) = await FFmpegCheck.run(path: settings.ffmpegPath)
        take(finding)
        take(StorageCheck.run(path: settings.storagePath))
        take(DescriptorCheck.run(settings))
        take(await PortCheck.run(host: settings.host, port: settings.port))
        if settings.usesTestPattern { take(TestPatternNotice.finding) }
        if let ffmpeg {
            for finding in await EncoderCheck.run(settings.cameras, ffmpeg: ffmpeg) {
                take(finding)
            }
        }
        for camera in settings.cameras where camera.enabled {
            if let finding = DeviceCheck.run(camera) {
                take(finding)
            } else if let ffmpeg {
                take(await CameraCheck.run(camera, ffmpeg: ffmpeg))
            }
        }
        print(failures == 0 ? "Nothing stands in the way." : "\(failures) to mend.")
        return failures == 0 ? ExitCode.success : ExitCode.failure
    }

    private static func show(_ finding: Finding) {
        print("\(finding.outcome.rawValue)  \(finding.text)")
        if let remedy = finding.remedy { print("         → \(remedy)") }
    }
}
