import Foundation

/// A small file system in memory, mounted on a folder of its own for as long as it is referred to.
///
/// Only root can have one.
package final class MountedFolder: Sendable {
    /// Whether this process may mount.
    package static let isPossible = (try? MountedFolder()) != nil

    private let folder: TemporaryFolder
    package var path: String { folder.path }

    /// - Parameter megabytes: how much it holds.
    package init(megabytes: Int = 256) throws {
        folder = try TemporaryFolder()
        guard mount("tmpfs", folder.path, "tmpfs", 0, "size=\(megabytes)m") == 0 else {
            throw TestFailure("cannot mount: errno \(errno)")
        }
    }

    deinit {
        umount2(folder.path, Int32(MNT_DETACH))
    }

    /// Makes it read-only, or writable again, as soon as nobody writes to it.
    package func remount(isReadOnly: Bool) async throws {
        let flags = UInt(MS_REMOUNT) | (isReadOnly ? UInt(MS_RDONLY) : 0)
        try await eventually("nobody to write to the mounted folder") {
            if mount("tmpfs", path, "tmpfs", flags, nil) == 0 { return true }
            if errno == EBUSY { return false }
            throw TestFailure("cannot remount: errno \(errno)")
        }
    }
}
