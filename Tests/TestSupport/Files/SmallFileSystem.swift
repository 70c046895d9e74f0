import Foundation

/// A file system of its own with little room, in memory, unmounted when the last reference goes.
package final class SmallFileSystem: Sendable {
    /// Whether this user may mount one.
    package static let isThere = (try? SmallFileSystem(megabytes: 1)) != nil

    package let folder: TemporaryFolder
    private var ballast: URL { folder.file("ballast") }

    package init(megabytes: Int) throws {
        folder = try TemporaryFolder()
        guard mount("tmpfs", folder.path, "tmpfs", 0, "size=\(megabytes)m") == 0 else {
            throw TestFailure("cannot mount: \(String(cString: strerror(errno)))")
        }
    }

    deinit {
        // Even while something in it is still open.
        umount2(folder.path, Int32(MNT_DETACH))
    }

    /// What is free, in bytes.
    package var free: Int {
        var status = statvfs()
        statvfs(folder.path, &status)
        return Int(status.f_bavail) * Int(status.f_frsize)
    }

    /// Fills it until only so many bytes are free.
    package func fill(leaving rest: Int = 0) throws {
        let descriptor = open(ballast.path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw TestFailure("cannot fill the disk") }
        defer { close(descriptor) }
        let chunk = [UInt8](repeating: 0, count: 1 << 16)
        while free > rest {
            if write(descriptor, chunk, min(chunk.count, free - rest)) <= 0 { break }
        }
    }

    /// Gives back what `fill` took.
    package func makeRoom() throws {
        try FileManager.default.removeItem(at: ballast)
    }
}
