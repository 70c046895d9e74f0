import Dispatch
import Glibc

/// SIGINT and SIGTERM, as a sequence of requests to stop.
struct StopSignals {
    let requests: AsyncStream<Int32>
    private let sources: [any DispatchSourceSignal]

    init() {
        let (requests, continuation) = AsyncStream.makeStream(of: Int32.self)
        self.requests = requests
        sources = [SIGINT, SIGTERM].map { number in
            // The default action would end the program before the source hears of it.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { @Sendable in continuation.yield(number) }
            source.resume()
            return source
        }
    }
}
