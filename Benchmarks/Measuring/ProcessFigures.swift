import Foundation
import TestSupport

/// What a running process has used so far and holds now, by proc(5).
struct ProcessFigures {
    /// Its own time in user mode, without its children's.
    let userSeconds: Double
    /// Its own time in kernel mode, without its children's.
    let systemSeconds: Double
    /// In bytes, pages that others share included.
    let resident: Int
    /// The most that `resident` has ever been.
    let peakResident: Int
    /// In bytes, each shared page divided among those who share it.
    let proportional: Int
    /// In bytes, what would be free if it ended.
    let `private`: Int
    /// How often its living threads have gone to sleep.
    let sleeps: Int

    init(pid: pid_t) throws {
        let stat = try ProcessFigures.stat(of: pid)
        let tick = 1 / Double(sysconf(Int32(_SC_CLK_TCK)))
        userSeconds = Double(stat.user) * tick
        systemSeconds = Double(stat.system) * tick
        resident = try ProcessFigures.sum(["VmRSS"], in: "/proc/\(pid)/status") << 10
        peakResident = try ProcessFigures.sum(["VmHWM"], in: "/proc/\(pid)/status") << 10
        let memory = "/proc/\(pid)/smaps_rollup"
        proportional = try ProcessFigures.sum(["Pss"], in: memory) << 10
        `private` = try ProcessFigures.sum(["Private_Clean", "Private_Dirty"], in: memory) << 10
        let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task")
        // A thread that ends meanwhile takes its count along.
        sleeps = threads.reduce(0) { sum, thread in
            let path = "/proc/\(pid)/task/\(thread)/status"
            let own = try? ProcessFigures.sum(["voluntary_ctxt_switches"], in: path)
            return sum + (own ?? 0)
        }
    }

    /// In user and kernel mode together.
    var cpuSeconds: Double { userSeconds + systemSeconds }

    /// The processes that `parent` started and that still run.
    static func children(of parent: pid_t) throws -> [pid_t] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { pid_t($0) }
            .filter { pid in (try? stat(of: pid).parent) == parent }
    }

    private static func stat(of pid: pid_t) throws -> (parent: pid_t, user: Int, system: Int) {
        let text = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
        // The name in parentheses may hold anything; the state, field 3, follows it.
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        guard fields.count > 13, let parent = pid_t(fields[2]), let user = Int(fields[12]),
            let system = Int(fields[13])
        else { throw TestFailure("/proc/\(pid)/stat: \(text)") }
        return (parent, user, system)
    }

    /// The sum of the numbers in the lines `name: number`.
    private static func sum(_ names: [String], in path: String) throws -> Int {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").reduce(0) {
            let parts = $1.split(whereSeparator: { $0 == ":" || $0 == " " || $0 == "\t" })
            guard parts.count > 1, names.contains(String(parts[0])) else { return $0 }
            return $0 + (Int(parts[1]) ?? 0)
        }
    }
}
