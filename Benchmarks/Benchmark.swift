import TestSupport

/// One of the things that can be measured.
enum Benchmark {
    case cost
    case trigger
    case ready
    case burst
    case prune(seconds: Int)
    case http(rows: [HTTPRow], rounds: Int)
    case idle(count: Int)
    case players(count: Int, seconds: Int)

    /// What runs when nothing is named: what measures recording, but for `prune`, which takes long
    /// and hardly changes.
    private static let standard = [Benchmark.cost, .trigger, .ready, .burst]

    /// Reads the arguments after the program's name.
    static func chosen(by arguments: ArraySlice<String>) throws -> [Benchmark] {
        guard let name = arguments.first else { return standard }
        guard let benchmark = named(name, Array(arguments.dropFirst())) else {
            throw TestFailure(
                """
                usage: Benchmarks [cost | trigger | ready | burst | prune [seconds]
                    | http [row letters [rounds]] | idle [count] | players [count [seconds]]]
                """
            )
        }
        return [benchmark]
    }

    private static func named(_ name: String, _ values: [String]) -> Benchmark? {
        /// The number at a place, `standard` if there is none; nil if it is no such number.
        func number(_ index: Int, _ range: ClosedRange<Int>, standard: Int) -> Int? {
            guard values.indices.contains(index) else { return standard }
            return Int(values[index]).flatMap { range.contains($0) ? $0 : nil }
        }
        switch (name, values.count) {
        case ("cost", 0): return .cost
        case ("trigger", 0): return .trigger
        case ("ready", 0): return .ready
        case ("burst", 0): return .burst
        case ("prune", 0...1):
            return number(0, 10...3000, standard: 300).map { .prune(seconds: $0) }
        case ("http", 0...2):
            let letters = values.first ?? String(HTTPRow.allCases.map(\.rawValue))
            let rows = letters.compactMap { HTTPRow(rawValue: $0) }
            guard rows.count == letters.count, let rounds = number(1, 1...100, standard: 5) else {
                return nil
            }
            return .http(rows: rows, rounds: rounds)
        case ("idle", 0...1):
            return number(0, 100...20_000, standard: 10_000).map { .idle(count: $0) }
        case ("players", 0...2):
            guard let count = number(0, 1...10_000, standard: 1000),
                let seconds = number(1, 4...600, standard: 60)
            else { return nil }
            return .players(count: count, seconds: seconds)
        default: return nil
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
        case .http(let rows, let rounds):
            try await HTTPBenchmark(rows: rows, rounds: rounds).run()
        case .idle(let count): try await IdleBenchmark(count: count).run()
        case .players(let count, let seconds):
            try await PlayersBenchmark(count: count, seconds: seconds).run()
        }
    }
}
