import TestSupport

/// One of the things that can be measured.
enum Benchmark {
    case cost
    case trigger
    case ready
    case burst
    case prune(seconds: Int)

    /// What runs when nothing is named: all but `prune`, which takes long and hardly changes.
    private static let standard = [Benchmark.cost, .trigger, .ready, .burst]

    /// Reads the arguments after the program's name.
    static func chosen(by arguments: ArraySlice<String>) throws -> [Benchmark] {
        let seconds = arguments.dropFirst().first.map { Int($0) ?? 0 }
        switch (arguments.first, seconds) {
        case (nil, nil): return standard
        case ("cost", nil): return [.cost]
        case ("trigger", nil): return [.trigger]
        case ("ready", nil): return [.ready]
        case ("burst", nil): return [.burst]
        case ("prune", let seconds) where seconds ?? 300 >= 10:
            return [.prune(seconds: seconds ?? 300)]
        default:
            throw TestFailure(
                "usage: Benchmarks [cost | trigger | ready | burst | prune [seconds]]"
            )
        }
    }

    /// Measures and prints.
    func run() async throws {
        switch self {
        case .cost: try await CostBenchmark().run()
        case .trigger: try await TriggerBenchmark().run()
        case .ready: try await ReadyBenchmark().run()
        case .burst: try await BurstBenchmark().run()
        case .prune(let seconds): try await PruneBenchmark(length: .seconds(seconds)).run()
        }
    }
}
