import CLinux
import Glibc

/// Remembers a child across lives of this program, so that the next one can end a leftover.
///
/// A pid alone is not enough: pids are used again. Its start time (proc(5), /proc/pid/stat field 22,
/// clock ticks since boot) makes it certain.
struct PidFile {
    static let name = "ffmpeg.pid"

    let path: String

    func write(pid: pid_t) {
        guard let started = Self.startTime(of: pid), let file = fopen(path, "we") else { return }
        fputs("\(pid) \(started)\n", file)
        fclose(file)
    }

    /// Kills the process that the file names if it still lives, and waits until it is gone.
    func endLeftover() {
        guard let file = try? File(reading: path),
            let bytes = try? file.read(at: 0, count: 64)
        else { return }
        let fields = String(decoding: bytes, as: UTF8.self).split { $0 == " " || $0 == "\n" }
        guard fields.count == 2, let pid = pid_t(fields[0]), let started = UInt64(fields[1]),
            pid > 1
        else { return }
        // Opened before the comparison: from then on the descriptor can mean no other process.
        let pidfd = clinux_pidfd_open(pid)
        guard pidfd >= 0 else { return }
        defer { close(pidfd) }
        guard Self.startTime(of: pid) == started else { return }
        kill(pid, SIGKILL)
        // A process that SIGKILL cannot end within two seconds is stuck in the kernel.
        var end = pollfd(fd: pidfd, events: Int16(POLLIN), revents: 0)
        poll(&end, 1, 2000)
    }

    /// When a living process started; nil when there is none, or only its zombie.
    private static func startTime(of pid: pid_t) -> UInt64? {
        guard let file = fopen("/proc/\(pid)/stat", "re") else { return nil }
        defer { fclose(file) }
        let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1024) { buffer in
            fgets(buffer.baseAddress!, Int32(buffer.count), file) == nil
                ? "" : String(cString: buffer.baseAddress!)
        }
        // The command's name, in parentheses, may hold anything; fields 3 (state) to 52 follow it.
        guard let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 19, fields[0] != "Z" else { return nil }
        return UInt64(fields[19])
    }
}
