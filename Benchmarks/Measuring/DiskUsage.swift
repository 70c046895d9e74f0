import Foundation
import Glibc

/// What files take: each by itself, and together on the disk.
struct DiskUsage {
    /// The sum of all sizes.
    private(set) var apparent = 0
    /// What the disk has of it: a file with several names counts once.
    private(set) var real = 0
    /// The part of `real` that is MP4s.
    private(set) var videos = 0

    /// Of all files in these folders.
    init(of folders: [URL]) throws {
        var inodes: Set<UInt64> = []
        for folder in folders {
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
                var status = stat()
                guard stat(folder.appending(path: name).path, &status) == 0 else { continue }
                apparent += Int(status.st_size)
                guard inodes.insert(UInt64(status.st_ino)).inserted else { continue }
                // In units of 512 bytes, whatever the file system's own are (stat(3type)).
                let bytes = Int(status.st_blocks) * 512
                real += bytes
                if name == "clip.mp4" { videos += bytes }
            }
        }
    }
}
