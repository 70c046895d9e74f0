import Foundation
import TestSupport

/// When files were last written, to the kernel's own precision (some milliseconds).
enum FileTimes {
    /// Links and renames leave it as it is.
    static func written(_ file: URL) throws -> Date {
        var status = stat()
        guard stat(file.path, &status) == 0 else {
            throw TestFailure("\(file.path): errno \(errno)")
        }
        let time = status.st_mtim
        return Date(timeIntervalSince1970: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9)
    }
}
