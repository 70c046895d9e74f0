import CLinux
import Glibc

/// A folder whose files can be opened by relative path, and nothing outside it.
///
/// The kernel does the confining: no path leaves the folder by `..`, an absolute path or a
/// symbolic link, however the folder changes meanwhile.
package final class FileTree: Sendable {
    private let root: Int32
    private let cache = OpenFileCache()

    /// Opens the folder itself, whose path may contain symbolic links.
    package init(root path: String) throws(FileError) {
        root = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard root >= 0 else { throw FileError(errno: errno) }
    }

    deinit {
        close(root)
    }

    /// Opens a regular file by its decoded path, without a slash before it.
    package func open(_ path: String) throws(FileError) -> OpenFile {
        if let file = cache.file(path, in: root) { return file }
        guard Self.isPlain(path.utf8) else { throw .notFound }
        var descriptor = openBeneath(path)
        if descriptor == -ENOSYS || descriptor == -EPERM {
            // No openat2(2) before Linux 5.6, nor under an old container's system call filter.
            descriptor = openStepByStep(path)
        }
        guard descriptor >= 0 else { throw FileError(errno: -descriptor) }
        let file = try OpenFile(adopting: descriptor)
        cache.keep(file, path)
        return file
    }

    /// Whether every part of a path can be nothing but the name of an entry.
    private static func isPlain(_ path: String.UTF8View) -> Bool {
        guard !path.contains(where: { $0 == 0 || $0 == UInt8(ascii: "\\") }) else { return false }
        return path.split(separator: ASCII.slash, omittingEmptySubsequences: false).allSatisfy {
            !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8)
        }
    }

    private func openBeneath(_ path: String) -> Int32 {
        while true {
            let descriptor = clinux_openat2_beneath(root, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            // A rename went on meanwhile (openat2(2)).
            if descriptor != -EAGAIN { return descriptor }
        }
    }

    /// The same by openat(2), following no link at any step; answers a descriptor or -errno.
    func openStepByStep(_ path: String) -> Int32 {
        let segments = path.utf8.split(separator: ASCII.slash).map { String(Substring($0)) }
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
