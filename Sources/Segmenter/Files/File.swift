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

    /// When the file was last written, renamed or linked.
    var changed: Timestamp {
        var status = status
        return Timestamp(microseconds: clinux_change_time(&status))
    }

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
}
