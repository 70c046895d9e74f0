import Glibc

/// One life of a camera's ffmpeg, from its start to its end.
///
/// Belongs to its `Camera` and runs on that actor.
struct CameraRun {
    /// What happens to a run, in the order in which it does.
    enum Event: Sendable {
        case renamed(String)
        case log(String)
        case ended(ExitStatus)
        case tick
    }

    let id: String
    let directory: String
    let process: ChildProcess
    let events: AsyncStream<Event>
    private let continuation: AsyncStream<Event>.Continuation
    private let watcher: DirectoryWatcher

    /// Makes the run's directory in `folder` and starts ffmpeg there.
    static func start(
        in folder: String,
        ffmpeg: FFmpeg,
        arguments: [String]
    ) async throws(SegmenterError) -> CameraRun {
        let id = Self.identifier(at: .now())
        let directory = folder + "/" + id
        try Directory.create(directory)
        do {
            return try await start(id, directory, ffmpeg, arguments)
        } catch {
            Directory.remove(directory)
            throw error
        }
    }

    private static func start(
        _ id: String,
        _ directory: String,
        _ ffmpeg: FFmpeg,
        _ arguments: [String]
    ) async throws(SegmenterError) -> CameraRun {
        let (events, continuation) = AsyncStream.makeStream(of: Event.self)
        let watcher = try DirectoryWatcher(directory) { name in
            // ffmpeg's playlist changes as often, and would wake the camera for nothing.
            if name.hasSuffix(RecordingArguments.partSuffix) { continuation.yield(.renamed(name)) }
        }
        let process = try await ChildProcess.start(
            ffmpeg.path,
            arguments,
            directory: directory,
            onLine: { line in
                // One such line for each file written, of no interest. Swift's own search takes thousands
                // of times as long.
                if strstr(line, "] Opening '") == nil { continuation.yield(.log(line)) }
            },
            onExit: { continuation.yield(.ended($0)) }
        )
        PidFile(path: directory + "/" + PidFile.name).write(pid: process.pid)
        return CameraRun(
            id: id,
            directory: directory,
            process: process,
            events: events,
            continuation: continuation,
            watcher: watcher
        )
    }

    /// Lets the run's owner look at the time.
    func tick() {
        continuation.yield(.tick)
    }

    /// UTC to the millisecond, digits alone, so that runs sort by name: `20261122T113321482Z`.
    static func identifier(at time: Timestamp) -> String {
        var seconds = time_t(time.microseconds / 1_000_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func digits(_ value: some BinaryInteger, _ width: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        return digits(parts.tm_year + 1900, 4) + digits(parts.tm_mon + 1, 2)
            + digits(parts.tm_mday, 2) + "T" + digits(parts.tm_hour, 2) + digits(parts.tm_min, 2)
            + digits(parts.tm_sec, 2) + digits(time.microseconds / 1000 % 1000, 3) + "Z"
    }
}
