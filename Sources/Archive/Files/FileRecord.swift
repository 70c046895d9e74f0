import Glibc

/// A file by its name, size and checksum: what `clip.json` says of each file beside it.
package struct FileRecord: Sendable, Hashable, Codable {
    package let name: String
    /// In bytes.
    package let size: Int
    /// Of its whole content: CRC-32C (RFC 3720 §12.1).
    package let crc32c: UInt32
}

extension FileRecord {
    /// Large enough for few calls, small enough for the CPU's cache.
    private static let chunk = 1 << 18

    /// Reads the file to its end.
    init(reading path: String, as name: String) throws(ArchiveError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw .file(action: "read a file", errno: errno) }
        defer { close(descriptor) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunk, alignment: 16)
        defer { buffer.deallocate() }
        var sum = CRC32C()
        var size = 0
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .file(action: "read a file", errno: errno) }
            if count == 0 { break }
            sum.add(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            size += count
        }
        self.init(name: name, size: size, crc32c: sum.value)
    }
}
