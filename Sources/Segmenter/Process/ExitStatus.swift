import CLinux

/// How a process ended (wait(2)).
package enum ExitStatus: Sendable, Hashable {
    case exited(code: Int32)
    case killed(signal: Int32)

    package var isSuccess: Bool { self == .exited(code: 0) }

    init(waitStatus: Int32) {
        if clinux_wifexited(waitStatus) != 0 {
            self = .exited(code: clinux_wexitstatus(waitStatus))
        } else {
            self = .killed(signal: clinux_wtermsig(waitStatus))
        }
    }
}

extension ExitStatus: CustomStringConvertible {
    package var description: String {
        switch self {
        case .exited(let code): "exit code \(code)"
        case .killed(let signal): "signal \(signal)"
        }
    }
}
