import CLinux
import Glibc

/// The machine's processors.
enum Processors {
    /// How many this process may run on (sched_getaffinity(2)).
    static var usable: Int {
        var set = cpu_set_t()
        guard sched_getaffinity(0, MemoryLayout<cpu_set_t>.size, &set) == 0 else { return 1 }
        return withUnsafeBytes(of: set) { bytes in
            bytes.reduce(0) { $0 + $1.nonzeroBitCount }
        }
    }
}
