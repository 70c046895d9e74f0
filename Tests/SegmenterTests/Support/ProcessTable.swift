import Glibc

/// What the kernel tells of processes.
enum ProcessTable {
    /// Whether a process of this number lives or waits to be reaped.
    static func has(_ pid: Int32) -> Bool {
        kill(pid, 0) == 0
    }
}
