import Foundation

/// A nameless temporary file that a process writes its output to, readable at any moment.
///
/// Unlike a pipe it never fills up, needs no reader, and is gone with its last descriptor.
final class OutputFile: Sendable {
    let descriptor: Int32

    init() throws {
        let path = NSTemporaryDirectory() + "/hindsight-output-\(UUID().uuidString)"
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw TestFailure("\(path): errno \(errno)") }
        unlink(path)
    }

    deinit {
        close(descriptor)
    }

    /// All that was written so far.
    var contents: Data {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size > 0 else { return Data() }
        var data = Data(count: Int(status.st_size))
        // pread leaves alone the file offset, which the child shares.
        let filled = data.withUnsafeMutableBytes { buffer in
            var filled = 0
            while filled < buffer.count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                let count = pread(descriptor, rest.baseAddress, rest.count, off_t(filled))
                guard count > 0 else { break }
                filled += count
            }
            return filled
        }
        return data.prefix(filled)
    }
}
