import Foundation

/// A temporary folder on another file system than the usual one, for what cannot be linked.
final class OtherFileSystem: Sendable {
    private static let root = "/dev/shm"

    /// Whether this machine has one.
    static var isThere: Bool {
        let usual = FileManager.default.temporaryDirectory.path
        return access(root, W_OK) == 0 && device(root) != device(usual)
    }

    let path = "\(root)/hindsight-test-\(UUID().uuidString)"

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
