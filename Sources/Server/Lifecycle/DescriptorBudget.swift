import Glibc
import HTTP

/// Shares out the process's descriptors, so that no crowd of clients takes those that recording,
/// the database and the making of clips need.
enum DescriptorBudget {
    /// What the program has open by itself, with room for a few clips in the making.
    private static let own = 32 + StaticFiles.mostKeptOpen

    /// How many pictures of a camera's ring are kept open on average.
    static let snapshotsPerCamera = 4

    /// What one camera's ffmpeg and the reading of its segments take, and its pictures.
    private static let perCamera = 8 + snapshotsPerCamera

    /// For how many cameras there is room that are added later.
    static let spareCameras = 8

    /// A socket, and a file that is being sent.
    private static let perConnection = 2

    /// How many connections there may be with so many descriptors in all.
    static func connections(of limit: Int, cameras: Int) -> Int {
        max(1, (limit - own - perCamera * cameras) / perConnection)
    }

    /// How many connections there may be in this process, by its limit and the settings.
    static func connections(for settings: Settings) -> Int {
        min(settings.http.limits.connections, connections(of: limit, cameras: settings.mostCameras))
    }

    /// How many descriptors this process may have open (getrlimit(2)).
    static var limit: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return 1024
        }
        return Int(clamping: limit.rlim_cur)
    }
}
