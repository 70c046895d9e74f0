import Glibc
import HTTP

/// Does the system grant descriptors for as many connections as are allowed?
enum DescriptorCheck {
    /// For database, logs and the like.
    private static let base = 64
    /// For one camera's ffmpeg, its pipes and its watched directory.
    private static let perCamera = 8
    /// A socket, and a file that is being sent.
    private static let perConnection = 2

    static func run(_ settings: Settings) -> Finding {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let granted = Int(clamping: limit.rlim_cur)
        return finding(
            granted: granted,
            connections: settings.http.limits.connections,
            cameras: settings.cameras.count
        )
    }

    static func finding(granted: Int, connections: Int, cameras: Int) -> Finding {
        let needed = base + cameras * perCamera + connections * perConnection
        guard granted < needed else {
            return .good("\(granted) open files are granted, \(needed) may be needed")
        }
        return .warning(
            "\(connections) connections may need \(needed) open files, but \(granted) are granted",
            remedy: "raise that (ulimit -n, LimitNOFILE in the unit) or lower HTTP_MAX_CONNECTIONS"
        )
    }
}
