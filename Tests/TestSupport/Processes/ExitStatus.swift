/// How a process ended.
package enum ExitStatus: Sendable, Equatable {
    /// It returned this code.
    case exited(Int32)
    /// This signal ended it.
    case signalled(Int32)

    /// Whether it returned 0.
    package var isSuccess: Bool { self == .exited(0) }
}
