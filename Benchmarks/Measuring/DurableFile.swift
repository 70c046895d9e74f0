import Foundation
import TestSupport

/// Files brought to the disk, for comparison with what Hindsight syncs.
enum DurableFile {
    /// Writes a new file of zeros and waits until it is on the disk.
    static func write(count: Int, to file: URL) throws {
        try Data(count: count).write(to: file)
        try sync(file)
    }

    /// Waits until a file's content is on the disk.
    static func sync(_ file: URL) throws {
        let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw TestFailure("\(file.path): errno \(errno)")
        }
    }
}
