import Glibc
import Segmenter

/// Tells when a file has been written, or replaced by rename, or, if it is a symbolic link, when it may
/// have come to point elsewhere.
///
/// It watches folders, not the file: a file that another takes the place of would be watched in vain.
/// Of a link's way only the first and the last folder are watched, as they are when this is made.
struct FileWatcher {
    private let watchers: [DirectoryWatcher]

    /// Calls `onChange` on the poller's thread.
    init(_ path: String, onChange: @escaping @Sendable () -> Void) throws(SegmenterError) {
        let own = Self.split(path)
        let target = Self.resolved(path).map(Self.split)
        var byte: CChar = 0
        let isLink = readlink(path, &byte, 1) > 0
        // A swap of what a link leads through (Kubernetes renames `..data`) shows under other names.
        let first = try DirectoryWatcher(own.folder) { name in
            if isLink || name == own.name { onChange() }
        }
        guard let target, target.folder != Self.resolved(own.folder) else {
            watchers = [first]
            return
        }
        let last = try DirectoryWatcher(target.folder) { name in
            if name == target.name { onChange() }
        }
        watchers = [first, last]
    }

    private static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let folder = path[..<slash]
        return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
    }

    private static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
