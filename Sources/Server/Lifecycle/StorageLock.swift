import Glibc

/// Keeps two servers from sharing one storage folder: each would delete the other's rings.
///
/// The lock (flock(2)) goes with the process, however it ends.
final class StorageLock: Sendable {
    private let descriptor: Int32

    /// - Throws: a message that names the process that holds it.
    init(storage: String) throws(UsageError) {
        let path = storage + "/hindsight.lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else {
            throw UsageError("cannot write to \(storage): \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            var text = [UInt8](repeating: 0, count: 16)
            let count = pread(descriptor, &text, text.count, 0)
            close(descriptor)
            let pid = String(decoding: text.prefix(max(0, count)), as: UTF8.self)
            throw UsageError(
                "another hindsight (pid \(pid)) uses \(storage): stop it, or set STORAGE_PATH"
            )
        }
        let pid = Array(String(getpid()).utf8)
        ftruncate(descriptor, 0)
        pwrite(descriptor, pid, pid.count, 0)
    }

    deinit { close(descriptor) }

    /// Refuses a storage folder that is not there, which a server would make.
    static func requireFolder(_ storage: String) throws(UsageError) {
        guard access(storage, X_OK) == 0 else {
            let words = String(cString: strerror(errno))
            throw UsageError("the storage folder \(storage): \(words): set STORAGE_PATH")
        }
    }
}
