import Glibc

/// What can go wrong below the archive: processes, files and media that cannot be read.
package enum SegmenterError: Error, Sendable, Equatable {
    /// A system call failed; `errno` as in errno(3).
    case system(call: String, errno: Int32)
    /// No ffmpeg at the given path, or none on PATH.
    case ffmpegMissing(path: String)
    /// ffmpeg ended with an error; `reason` is in plain words and names no secrets.
    case ffmpegFailed(reason: String)
    /// A file is not the ISO BMFF (MP4) that it should be.
    case malformedMedia(String)
}

extension SegmenterError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .system("inotify_init1", EMFILE):
            "this user watches too many folders already: raise fs.inotify.max_user_instances"
        case .system("inotify_add_watch", ENOSPC):
            "this user watches too many folders already: raise fs.inotify.max_user_watches"
        case .system(let call, let number): "\(call): \(String(cString: strerror(number)))"
        case .ffmpegMissing: "ffmpeg is not installed"
        case .ffmpegFailed(let reason), .malformedMedia(let reason): reason
        }
    }
}
