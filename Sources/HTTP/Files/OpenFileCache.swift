import CLinux
import Glibc
import Synchronization

/// Small files asked for lately, kept open: they are used again while their name stands for the very
/// same file, unchanged, which one fstatat(2) tells.
///
/// Only files that lie in the folder itself: on the way through another one, fstatat follows links.
final class OpenFileCache: Sendable {
    private let files = Mutex<[String: OpenFile]>([:])

    /// Each takes a descriptor.
    static let limit = 8

    /// A deleted file that is still open holds its place on the disk.
    private static let largest = 1 << 20

    func file(_ name: String, in folder: Int32) -> OpenFile? {
        guard let file = files.withLock({ $0[name] }) else { return nil }
        var status = stat()
        if fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0, file.isDescribed(by: status) {
            return file
        }
        files.withLock { $0[name] = nil }
        return nil
    }

    func keep(_ file: OpenFile, _ name: String) {
        guard file.size <= Self.largest, !name.utf8.contains(ASCII.slash) else { return }
        files.withLock { files in
            if files.count >= Self.limit { files.removeAll() }
            files[name] = file
        }
    }
}
