import Glibc

/// One life of a camera's ffmpeg, from its start to its end.
///
/// Belongs to its `Camera` and runs on that actor.
struct CameraRun {
    let id: String
    let layout: RunLayout
    let process: ChildProcess
    let events: RunEvents

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
            let events = RunEvents()
            let process = try await ChildProcess.start(
                ffmpeg.path,
                arguments,
                directory: directory,
                onLine: { line in
                    if !Self.isNoise(line) { events.add(line: line) }
                },
                onExit: { events.add(.ended($0)) }
            )
            PidFile(path: directory + "/" + PidFile.name).write(pid: process.pid)
            return CameraRun(
                id: id,
                layout: RunLayout(directory: directory),
                process: process,
                events: events
            )
        } catch {
            Directory.remove(directory)
            throw error
        }
    }

    /// Lines for each file, or each picture, of no interest. Swift's own search takes thousands of times as long.
    private static func isNoise(_ line: String) -> Bool {
        strstr(line, "] Opening '") != nil
            || strstr(line, "Changing video frame properties on the fly") != nil
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
