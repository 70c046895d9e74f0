import CLinux
import Glibc

/// Tells which files are renamed into a directory, or have been written there: are closed by who wrote
/// (inotify(7)).
package final class DirectoryWatcher: Sendable {
    private static let occasions = UInt32(IN_MOVED_TO | IN_CLOSE_WRITE)

    private let descriptor: Int32

    /// Calls `onChange` on the poller's thread with each file name.
    package init(
        _ directory: String,
        onChange: @escaping @Sendable (String) -> Void
    ) throws(SegmenterError) {
        let descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        guard descriptor >= 0 else { throw .system(call: "inotify_init1", errno: errno) }
        guard inotify_add_watch(descriptor, directory, Self.occasions) >= 0 else {
            let failure = errno
            close(descriptor)
            throw .system(call: "inotify_add_watch", errno: failure)
        }
        self.descriptor = descriptor
        Poller.shared.watch(descriptor) {
            for name in Self.names(readFrom: descriptor) { onChange(name) }
        }
    }

    deinit {
        let descriptor = descriptor
        Poller.shared.run {
            Poller.shared.unwatch(descriptor)
            close(descriptor)
        }
    }

    /// Everything that can be read now: a run of `inotify_event`, each followed by its padded name.
    private static func names(readFrom descriptor: Int32) -> [String] {
        var names: [String] = []
        withUnsafeTemporaryAllocation(byteCount: 8192, alignment: 8) { buffer in
            while true {
                let count = read(descriptor, buffer.baseAddress!, buffer.count)
                guard count > 0 else { return }
                var offset = 0
                while offset < count {
                    let event = buffer.loadUnaligned(
                        fromByteOffset: offset,
                        as: inotify_event.self
                    )
                    offset += MemoryLayout<inotify_event>.size
                    let name = buffer[offset..<offset + Int(event.len)].prefix { $0 != 0 }
                    if !name.isEmpty { names.append(String(decoding: name, as: UTF8.self)) }
                    offset += Int(event.len)
                }
            }
        }
        return names
    }
}
