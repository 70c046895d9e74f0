import Glibc
import Synchronization

/// The ffmpeg program: where it is, which version, and running it to its end.
package struct FFmpeg: Sendable {
    /// The oldest version that knows every option used here.
    package static let oldestVersion = (major: 5, minor: 1)

    package let path: String

    /// Finds ffmpeg at `path`, or on PATH when that is nil.
    package init(path: String? = nil) throws(SegmenterError) {
        let search = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
        let candidates = path.map { [$0] } ?? search.split(separator: ":").map { $0 + "/ffmpeg" }
        guard let found = candidates.first(where: { access($0, X_OK) == 0 }) else {
            throw .ffmpegMissing(path: path ?? "ffmpeg")
        }
        self.path = found
    }

    /// What a finished ffmpeg left behind.
    package struct Outcome: Sendable {
        package let status: ExitStatus
        /// Its standard error, the last lines only.
        package let log: [String]
    }

    /// Runs ffmpeg to its end, or kills it when the task is cancelled or `limit` has passed.
    ///
    /// - Parameter isWanted: which lines of its log are of interest.
    package func run(
        _ arguments: [String],
        directory: String? = nil,
        limit: Duration? = nil,
        where isWanted: @escaping @Sendable (String) -> Bool = { _ in true }
    ) async throws(SegmenterError) -> Outcome {
        let log = Mutex<[String]>([])
        let child = try await ChildProcess.start(
            path,
            ["-hide_banner", "-nostdin", "-nostats"] + arguments,
            directory: directory,
            onLine: { line in
                guard isWanted(line) else { return }
                log.withLock {
                    $0.append(line)
                    if $0.count > 100 { $0.removeFirst() }
                }
            }
        )
        let killer = limit.map { limit in
            Task {
                try await Task.sleep(for: limit)
                child.send(SIGKILL)
            }
        }
        defer { killer?.cancel() }
        let status = await withTaskCancellationHandler {
            await child.exit()
        } onCancel: {
            child.send(SIGKILL)
        }
        return Outcome(status: status, log: log.withLock { $0 })
    }

    /// The version as ffmpeg states it: `5.1.9-0+deb12u1`.
    package func version() async throws(SegmenterError) -> String {
        let banner = Mutex<String?>(nil)
        // Without arguments ffmpeg prints its banner to standard error, where we read.
        let child = try await ChildProcess.start(path, []) { line in
            let words = line.split(separator: " ")
            guard words.count > 2, words[0] == "ffmpeg", words[1] == "version" else { return }
            banner.withLock { $0 = String(words[2]) }
        }
        _ = await child.exit()
        guard let version = banner.withLock({ $0 }) else {
            throw .ffmpegFailed(reason: "\(path) does not state its version as ffmpeg does")
        }
        return version
    }

    /// Whether a version is recent enough; one named by its revision (`N-109468-g…`) counts as new.
    package static func isRecentEnough(_ version: String) -> Bool {
        let numbers = version.drop { $0 == "n" }.split(separator: ".").map { part in
            Int(part.prefix { $0.isASCII && $0.isNumber })
        }
        guard let first = numbers.first, let major = first else { return true }
        let minor = numbers.count > 1 ? numbers[1] ?? 0 : 0
        return (major, minor) >= oldestVersion
    }
}
