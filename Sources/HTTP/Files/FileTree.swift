import CLinux
import Glibc

/// A folder whose files can be opened by relative path, and nothing outside it.
///
/// The kernel does the confining: no path leaves the folder by `..`, an absolute path or a
/// symbolic link, however the folder changes meanwhile.
package final class FileTree: Sendable {
    private let root: Int32

    /// Opens the folder itself, whose path may contain symbolic links.
    package init(root path: String) throws(FileError) {
        root = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard root >= 0 else { throw FileError(errno: errno) }
    }

    deinit {
        close(root)
    }

    /// Opens a regular file by the decoded parts of its path.
    package func open(_ segments: [String]) throws(FileError) -> OpenFile {
        guard !segments.isEmpty, segments.allSatisfy(Self.isName) else { throw .notFound }
        var descriptor = openBeneath(segments.joined(separator: "/"))
        if descriptor == -ENOSYS || descriptor == -EPERM {
            // No openat2(2) before Linux 5.6, nor under an old container's system call filter.
            descriptor = openStepByStep(segments)
        }
        guard descriptor >= 0 else { throw FileError(errno: -descriptor) }
        return try OpenFile(adopting: descriptor)
    }

    /// Whether a segment can be nothing but the name of an entry.
    private static func isName(_ segment: String) -> Bool {
        segment != "" && segment != "." && segment != ".."
            && !segment.utf8.contains { $0 == 0 || $0 == ASCII.slash || $0 == UInt8(ascii: "\\") }
    }

    private func openBeneath(_ path: String) -> Int32 {
        while true {
            let descriptor = clinux_openat2_beneath(root, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            // A rename went on meanwhile (openat2(2)).
            if descriptor != -EAGAIN { return descriptor }
        }
    }

    /// The same by openat(2), following no link at any step; answers a descriptor or -errno.
    func openStepByStep(_ segments: [String]) -> Int32 {
        var folder = root
        defer { if folder != root { close(folder) } }
        for segment in segments.dropLast() {
            let next = openat(folder, segment, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            let error = errno
            guard next >= 0 else { return -error }
            if folder != root { close(folder) }
            folder = next
        }
        let flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
        let descriptor = openat(folder, segments[segments.count - 1], flags)
        return descriptor >= 0 ? descriptor : -errno
    }
}
