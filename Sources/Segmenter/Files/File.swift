import CLinux
import Glibc

/// An open file, closed when it goes out of scope.
struct File: ~Copyable {
    let descriptor: Int32
    let status: stat

    init(reading path: String) throws(SegmenterError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        guard descriptor >= 0 else { throw .system(call: "open", errno: errno) }
        fstat(descriptor, &status)
        self.status = status
    }

    deinit { close(descriptor) }

    var size: Int64 { Int64(status.st_size) }

    /// Up to `count` bytes from `offset`; fewer only at the file's end.
    func read(at offset: Int64, count: Int) throws(SegmenterError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = pread(
                    descriptor,
                    buffer.baseAddress! + filled,
                    count - filled,
                    off_t(offset) + off_t(filled)
                )
                if got < 0 && errno == EINTR { continue }
                if got < 0 { failure = errno }
                if got <= 0 { break }
                filled += got
            }
        }
        if failure != 0 { throw .system(call: "pread", errno: failure) }
        return bytes
    }

    /// Copies the first `count` bytes into a file of their own. A copy that fails, as on a full disk, leaves none.
    func copyBeginning(_ count: Int64, to path: String) throws(SegmenterError) {
        let target = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard target >= 0 else { throw .system(call: "open", errno: errno) }
        defer { close(target) }
        do {
            try copyBeginning(count, to: target)
        } catch {
            unlink(path)
            throw error
        }
    }

    private func copyBeginning(_ count: Int64, to descriptor: Int32) throws(SegmenterError) {
        var done: Int64 = 0
        while done < count {
            let chunk = try read(at: done, count: Int(min(count - done, Self.chunk)))
            if chunk.isEmpty { throw .malformedMedia("a file ends before its fragments do") }
            try Self.write(chunk, to: descriptor, at: done)
            done += Int64(chunk.count)
        }
    }

    /// Small enough for memory that is used again and again.
    private static let chunk: Int64 = 1 << 16

    /// Writes a file anew.
    static func write(_ bytes: [UInt8], to path: String) throws(SegmenterError) {
        let target = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard target >= 0 else { throw .system(call: "open", errno: errno) }
        defer { close(target) }
        try write(bytes, to: target, at: 0)
    }

    /// Writes over the beginning of a file that is there.
    static func overwrite(_ bytes: [UInt8], in path: String) throws(SegmenterError) {
        let target = open(path, O_WRONLY | O_CLOEXEC)
        guard target >= 0 else { throw .system(call: "open", errno: errno) }
        defer { close(target) }
        try write(bytes, to: target, at: 0)
    }

    private static func write(
        _ bytes: [UInt8],
        to descriptor: Int32,
        at position: Int64
    ) throws(SegmenterError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                pwrite(descriptor, $0.baseAddress! + done, $0.count - done, off_t(position) + done)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw .system(call: "pwrite", errno: errno) }
            done += count
        }
    }
}
