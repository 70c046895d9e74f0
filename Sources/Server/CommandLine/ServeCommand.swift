import Archive
import HTTP
import Segmenter

/// `hindsight serve`: records, takes triggers, serves, until it is told to stop.
enum ServeCommand {
    static func run(_ overrides: [String: String]) async -> Int32 {
        do throws(UsageError) {
            let settings = try SettingsLoader.load(overrides)
            guard let ffmpeg = await check(settings) else { return ExitCode.failure }
            return await serve(settings, ffmpeg)
        } catch {
            Log.write(.error, error.message)
            return ExitCode.usage
        }
    }

    /// Says what the doctor would; nil when it is in vain to start.
    private static func check(_ settings: Settings) async -> FFmpeg? {
        let (finding, ffmpeg) = await FFmpegCheck.run(path: settings.ffmpegPath)
        let storage = StorageCheck.run(path: settings.storagePath)
        for finding in [finding, storage] {
            let level: Log.Level =
                switch finding.outcome {
                case .good: .info
                case .warning: .warning
                case .failure: .error
                }
            Log.write(level, finding.line)
        }
        guard storage.outcome != .failure, let ffmpeg else { return nil }
        // A camera that cannot be opened now may be later.
        var findings = settings.cameras.filter(\.enabled).compactMap(DeviceCheck.run)
        let descriptors = DescriptorCheck.run(settings)
        if descriptors.outcome != .good { findings.append(descriptors) }
        if settings.usesTestPattern { findings.append(TestPatternNotice.finding) }
        for finding in findings { Log.write(.warning, finding.line) }
        return ffmpeg
    }

    private static func serve(_ settings: Settings, _ ffmpeg: FFmpeg) async -> Int32 {
        let signals = StopSignals()
        do {
            let application = try Application(settings, ffmpeg: ffmpeg)
            let port = try await application.start()
            Log.write(.info, "the page: http://\(address(settings.host)):\(port)/")
            if settings.keys.isEmpty && Loopback.contains(settings.host) {
                Log.write(.info, "only this machine is served: set API_KEY to let others in")
            }
            await application.run(until: signals.requests)
            Log.write(.info, "stopped")
            return ExitCode.success
        } catch let error as UsageError {
            Log.write(.error, error.message)
        } catch let error as HTTPServerError {
            let finding = PortCheck.finding(
                for: error,
                host: settings.host,
                port: settings.port
            )
            Log.write(.error, finding.line)
        } catch {
            Log.write(.error, "cannot start: \(error)")
        }
        return ExitCode.failure
    }

    private static func address(_ host: String) -> String {
        Loopback.contains(host) || host == "0.0.0.0" || host == "::" ? "localhost" : host
    }
}
