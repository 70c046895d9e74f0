import CLinux
import Glibc

/// A regular file opened for reading, with what was true of it then; closed with the last
/// reference, so that a file deleted or replaced while it's being sent is sent to its end.
package final class OpenFile: Sendable {
    let descriptor: Int32

    /// Bytes.
    package let size: Int

    /// When the content last changed, in nanoseconds since 1970.
    package let modified: Int

    let inode: UInt64

    /// A strong tag: a write moves the time by nanoseconds, a replacement brings another inode.
    package let entityTag: EntityTag

    private let device: UInt64

    /// When anything about it last changed, who may read it included; nanoseconds since 1970.
    private let changed: Int

    /// Opens a file the server itself has named; symbolic links are followed.
    package convenience init(path: String) throws(FileError) {
        // Opening a FIFO must not wait for a writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileError(errno: errno) }
        try self.init(adopting: descriptor)
    }

    /// Takes over a descriptor, closing it even when it throws.
    init(adopting descriptor: Int32) throws(FileError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let error = FileError(errno: errno)
            close(descriptor)
            throw error
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .notFound
        }
        self.descriptor = descriptor
        size = Int(status.st_size)
        modified = Self.nanoseconds(status.st_mtim)
        changed = Self.nanoseconds(status.st_ctim)
        inode = UInt64(status.st_ino)
        device = UInt64(status.st_dev)
        entityTag = Self.entityTag(inode: inode, size: size, modified: modified)
    }

    deinit {
        close(descriptor)
    }

    /// Whether it is still what it was when opened, as far as its size and time tell.
    var isUnchanged: Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && Int(status.st_size) == size
            && Self.nanoseconds(status.st_mtim) == modified
    }

    /// Whether a status is that of this very file, with nothing changed since it was opened.
    func isDescribed(by status: stat) -> Bool {
        UInt64(status.st_ino) == inode && UInt64(status.st_dev) == device
            && Int(status.st_size) == size && Self.nanoseconds(status.st_mtim) == modified
            && Self.nanoseconds(status.st_ctim) == changed
    }

    private static func nanoseconds(_ time: timespec) -> Int {
        // Anyone may give a file any time; in nanoseconds only the years to 2262 fit.
        min(max(time.tv_sec, 0), 9_000_000_000) * 1_000_000_000 + time.tv_nsec
    }

    private static func entityTag(inode: UInt64, size: Int, modified: Int) -> EntityTag {
        let parts = (inode, UInt64(size), UInt64(bitPattern: Int64(modified)))
        let text = String(unsafeUninitializedCapacity: 3 * 16 + 2) { buffer in
            var count = 0
            func write(_ number: UInt64) {
                let digits = max(1, (64 - number.leadingZeroBitCount + 3) / 4)
                for place in (0..<digits).reversed() {
                    buffer[count] = ASCII.hexDigit(UInt8(number >> (4 * place) & 0xF))
                    count += 1
                }
            }
            func writeDash() {
                buffer[count] = ASCII.dash
                count += 1
            }
            write(parts.0)
            writeDash()
            write(parts.1)
            writeDash()
            write(parts.2)
            return count
        }
        return EntityTag(text)
    }

    var validators: Validators {
        Validators(entityTag: entityTag, lastModified: modified / 1_000_000_000)
    }
}
