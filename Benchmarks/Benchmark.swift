import TestSupport

/// One of the things that can be measured.
enum Benchmark {
    case cost
    case trigger
    case ready
    case remux
    case burst
    case storm
    case prune(seconds: Int)
    case http(rows: [HTTPRow], rounds: Int)
    case idle(count: Int)
    case players(count: Int, seconds: Int)
    case truth(TruthBenchmark.Conditions)
    case truthRows(TruthRowsBenchmark.Conditions)
    case delay
    case soak(cameras: Int, minutes: Int)
    case chaos(minutes: Int, seed: Int)
    case million(count: Int)

    /// What runs when nothing is named: what measures recording, but for `prune`, which takes long
    /// and hardly changes.
    private static let standard = [Benchmark.cost, .trigger, .ready, .remux, .burst]

    /// Reads the arguments after the program's name.
    static func chosen(by arguments: ArraySlice<String>) throws -> [Benchmark] {
        guard let name = arguments.first else { return standard }
        guard let benchmark = named(name, Array(arguments.dropFirst())) else {
            throw TestFailure(
                """
                usage: Benchmarks [cost | trigger | ready | remux | burst | storm | prune [seconds]
                    | delay | truth [drift=%] [jitter=ms] [skew=n] [after=s] [triggers=n] [seed=n]
                    | truth rows [skips slow pace lag coarse foreign] [triggers=n]
                    | soak [cameras [minutes]] | chaos [minutes [seed]]
                    | million [clips]
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
        case ("remux", 0): return .remux
        case ("delay", 0): return .delay
        case ("truth", 1...) where values[0] == "rows":
            return TruthRowsBenchmark.Conditions(Array(values.dropFirst())).map { .truthRows($0) }
        case ("truth", _): return TruthBenchmark.Conditions(values).map { .truth($0) }
        case ("soak", 0...2):
            guard let cameras = number(0, 1...200, standard: 32),
                let minutes = number(1, 1...1440, standard: 30)
            else { return nil }
            return .soak(cameras: cameras, minutes: minutes)
        case ("chaos", 0...2):
            guard let minutes = number(0, 1...1440, standard: 120),
                let seed = number(1, 0...1_000_000, standard: 1)
            else { return nil }
            return .chaos(minutes: minutes, seed: seed)
        case ("burst", 0): return .burst
        case ("million", 0...1):
            return number(0, 2000...10_000_000, standard: 1_000_000).map { .million(count: $0) }
        case ("storm", 0): return .storm
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

    /// How long it may take at most.
    var limit: Duration {
        switch self {
        case .truth(let conditions): .seconds(conditions.after + conditions.triggers * 25 + 600)
        case .soak(_, let minutes), .chaos(let minutes, _): .seconds(minutes * 60 + 1800)
        default: .seconds(3600)
        }
    }

    /// Measures and prints.
    func run() async throws {
        switch self {
        case .cost: try await CostBenchmark().run()
        case .trigger: try await TriggerBenchmark().run()
        case .ready: try await ReadyBenchmark().run()
        case .remux: try await RemuxBenchmark().run()
        case .truth(let conditions): try await TruthBenchmark(conditions: conditions).run()
        case .truthRows(let conditions):
            try await TruthRowsBenchmark(conditions: conditions).run()
        case .delay: try await DelayBenchmark().run()
        case .soak(let cameras, let minutes):
            try await SoakBenchmark(cameras: cameras, minutes: minutes).run()
        case .chaos(let minutes, let seed):
            try await ChaosBenchmark(minutes: minutes, seed: UInt64(seed)).run()
        case .burst: try await BurstBenchmark().run()
        case .million(let count): try await MillionBenchmark(count: count).run()
        case .storm: try await StormBenchmark().run()
        case .prune(let seconds): try await PruneBenchmark(length: .seconds(seconds)).run()
        case .http(let rows, let rounds):
            try await HTTPBenchmark(rows: rows, rounds: rounds).run()
        case .idle(let count): try await IdleBenchmark(count: count).run()
        case .players(let count, let seconds):
            try await PlayersBenchmark(count: count, seconds: seconds).run()
        }
    }
}
