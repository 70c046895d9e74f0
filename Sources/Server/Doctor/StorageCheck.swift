import Archive
import Glibc

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Can the storage folder be written, and is there room?
enum StorageCheck {
    private static let littleRoom = 1 << 30

    /// Makes the folder when it is not there.
    static func run(path: String) -> Finding {
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let probe = path + "/.write-test"
        let descriptor = open(probe, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            return .failure(
                "the storage folder \(path) cannot be written: \(String(cString: strerror(errno)))",
                remedy: "give it to this user (sudo chown -R $USER \(path)) or set STORAGE_PATH"
            )
        }
        close(descriptor)
        unlink(probe)
        let free = (try? DiskSpace(of: path).free) ?? 0
        let gigabytes = (Double(free) / Double(1 << 30) * 10).rounded() / 10
        guard free >= littleRoom else {
            return .warning(
                "the storage folder \(path) has only \(gigabytes) GiB free",
                remedy: "make room, delete clips, or set STORAGE_PATH to a larger disk"
            )
        }
        return .good("storage \(path): \(gigabytes) GiB free")
    }
}
