import Glibc
import Segmenter

/// What a clip's folder takes on the disk.
struct FolderBytes: Sendable, Equatable {
    /// All of its files.
    var total = 0
    /// Those that are somewhere else too, by hard link. A finished clip never gets new ones: what is
    /// nowhere else now never will be.
    var linked: Sharing.Files = [:]

    /// Nothing.
    init() {}

    /// Looks at the files of a folder; it blocks on the file system.
    init(of folder: ClipFolder) {
        for name in folder.names {
            var status = stat()
            guard lstat(folder.file(name), &status) == 0 else { continue }
            // Some file systems tell a fresh file's blocks late.
            let bytes = max(Int(status.st_size), Int(status.st_blocks) * 512)
            total += bytes
            if status.st_nlink > 1 { linked[UInt64(status.st_ino)] = bytes }
        }
    }
}
