import Dispatch
import Glibc

/// SIGHUP, by which an operator's log rotation says that the log's file has been renamed.
struct ReopenSignal {
    private let source: any DispatchSourceSignal

    init(_ action: @escaping @Sendable () -> Void) {
        // The default action would end the program.
        signal(SIGHUP, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGHUP, queue: .global())
        source.setEventHandler { @Sendable in action() }
        source.resume()
    }
}
