package import Foundation

/// What a running process takes of the machine, as /proc tells it.
package struct ProcessUsage: Sendable {
    /// Bytes of memory that are resident.
    package let memory: Int

    /// Open descriptors.
    package let descriptors: Int

    /// Processor time used since it started, to a hundredth of a second.
    package let processorTime: Duration

    package init(of pid: pid_t) throws {
        let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        guard let resident = status.firstMatch(of: /VmRSS:\s+(\d+) kB/).flatMap({ Int($0.1) })
        else { throw TestFailure("process \(pid) has no memory") }
        memory = resident * 1024
        let folder = "/proc/\(pid)/fd"
        descriptors = try FileManager.default.contentsOfDirectory(atPath: folder).count
        let stat = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
        // The name in parentheses may hold anything; user and system time are fields 14 and 15.
        let fields = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].split(separator: " ")
        guard fields.count > 13, let user = Int(fields[12]), let system = Int(fields[13])
        else { throw TestFailure("/proc/\(pid)/stat is not understood") }
        processorTime = .milliseconds((user + system) * 1000 / sysconf(Int32(_SC_CLK_TCK)))
    }
}
