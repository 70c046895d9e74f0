import Foundation
import TestSupport

/// Which processor core does what, so that server and load never take turns on one.
enum Core {
    static let server = 0
    static let load = 1

    /// A command line that runs `command` on one core; taskset(1) becomes that program.
    static func pinned(_ command: [String], to core: Int) -> [String] {
        ["taskset", "--cpu-list", "\(core)"] + command
    }

    /// Has this program, its later threads included, run on one core.
    static func pinThisProcess(to core: Int) async throws {
        let process = ["--pid", "\(core)", "\(getpid())"]
        try await ChildProcess.check("taskset", ["--all-tasks", "--cpu-list"] + process)
    }
}
