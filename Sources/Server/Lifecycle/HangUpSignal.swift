import Dispatch
import Glibc

/// SIGHUP, by which an operator asks to take up again what may have changed on disk.
struct HangUpSignal {
    private let source: any DispatchSourceSignal

    init(_ action: @escaping @Sendable () -> Void) {
        // The default action would end the program.
        signal(SIGHUP, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGHUP, queue: .global())
        source.setEventHandler { @Sendable in action() }
        source.resume()
    }
}
