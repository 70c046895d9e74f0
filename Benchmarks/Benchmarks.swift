import Dispatch
import Foundation
import TestSupport

/// `Benchmarks [name [seconds]]`: measures the release build of Hindsight that lies beside it.
@main
enum Benchmarks {
    static func main() async {
        let chosen: [Benchmark]
        do {
            chosen = try Benchmark.chosen(by: CommandLine.arguments.dropFirst())
        } catch {
            fail(error)
        }
        let limit = chosen.map(\.limit).max() ?? .zero
        let work = Task {
            for benchmark in chosen { try await benchmark.run() }
        }
        let interruptions = [SIGINT, SIGTERM].map { interruption(by: $0, of: work) }
        let alarm = Task {
            try await Task.sleep(for: limit)
            work.cancel()
        }
        let result = await work.result
        alarm.cancel()
        for interruption in interruptions { interruption.cancel() }
        if case .failure(let error) = result { fail(error) }
    }

    private static func fail(_ error: any Error) -> Never {
        FileHandle.standardError.write(Data("\(error)\n".utf8))
        exit(1)
    }

    /// Has a signal cancel the work, so that what it started is stopped and its folder deleted.
    private static func interruption(
        by number: Int32,
        of work: Task<Void, any Error>
    ) -> any DispatchSourceSignal {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler { @Sendable in work.cancel() }
        source.resume()
        return source
    }
}
