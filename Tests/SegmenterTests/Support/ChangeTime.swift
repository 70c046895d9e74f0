@testable import Segmenter

enum ChangeTime {
    /// When a file was last written to.
    static func of(_ path: String) throws -> Timestamp { try GrowingFile(path).state().changed }
}
