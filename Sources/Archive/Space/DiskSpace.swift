import Glibc

/// How much room there is on a file system, in bytes.
package struct DiskSpace: Sendable, Equatable {
    /// What this user may still take.
    package let free: Int
    package let total: Int

    package init(free: Int, total: Int) {
        self.free = free
        self.total = total
    }

    /// Of the file system that holds `path`: statvfs(3).
    package init(of path: String) throws(ArchiveError) {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else {
            throw .file(action: "look at the storage folder", errno: errno)
        }
        let unit = Int(status.f_frsize)
        self.init(free: Int(status.f_bavail) * unit, total: Int(status.f_blocks) * unit)
    }
}
