import Foundation
import TestSupport

/// Whether clips hold to the frame what was asked for, by a camera that writes the time into its pictures.
struct TruthBenchmark {
    /// `name=value` on the command line.
    struct Conditions {
        /// How much faster than the world the camera's clock runs, in per cent.
        var drift = 0.0
        /// The network's longest delay, in milliseconds.
        var jitter = 0.0
        /// 1: all delays are as likely; 3: half are under an eighth of the longest.
        var skew = 3.0
        /// How long the camera is recorded before the first trigger, in seconds.
        var after = 60.0
        var triggers = 20.0
        var seed = 1.0

        init?(_ values: [String]) {
            for value in values {
                let parts = value.split(separator: "=", maxSplits: 1).map(String.init)
                guard parts.count == 2, let number = Double(parts[1]) else { return nil }
                switch parts[0] {
                case "drift" where abs(number) <= 5: drift = number
                case "jitter" where 0...5000 ~= number: jitter = number
                case "skew" where 1...10 ~= number: skew = number
                case "after" where 20...100_000 ~= number: after = number
                case "triggers" where 1...10_000 ~= number: triggers = number
                case "seed" where 0...1_000_000 ~= number: seed = number
                default: return nil
                }
            }
        }
    }

    let conditions: Conditions

    func run() async throws {
        let longest = conditions.after + conditions.triggers * 10 + 600
        let plan = ClockCameras.Plan(
            id: "clock",
            options: .init(speed: 1 + conditions.drift / 100),
            jitter: conditions.jitter > 0
                ? .init(longest: conditions.jitter / 1000, skew: conditions.skew) : nil
        )
        let clocks = try await ClockCameras.start([plan], limit: .seconds(longest))
        try await withStopping(try await Rig.start(clocks.sources, of: clocks)) { rig in
            try await Task.sleep(for: .seconds(conditions.after))
            let truths = try await withThrowingTaskGroup { group in
                var generator = SplitMix64(seed: UInt64(conditions.seed))
                for _ in 0..<Int(conditions.triggers) {
                    let before = Double.random(in: 3...min(30, conditions.after), using: &generator)
                    let after = Double.random(in: 0.5...15, using: &generator)
                    let clip = try await rig.trigger("clock", before: before, after: after)
                    group.addTask { try await truth(of: clip, rig) }
                    let pause = Double.random(in: 1...5, using: &generator)
                    try await Task.sleep(for: .seconds(pause))
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            try show(truths)
        }
    }

    private func truth(of recording: ClipState, _ rig: Rig) async throws -> ClipTruth {
        try await Task.sleep(for: .seconds(recording.requestedEnd.timeIntervalSinceNow))
        let clip = try await rig.ready(
            recording.id,
            within: .seconds(60),
            every: .milliseconds(100)
        )
        return try await rig.truth(of: clip)
    }

    private func show(_ truths: [ClipTruth]) throws {
        var table = Table(
            "truth: \(truths.count) clips, the camera's clock \(conditions.drift.decimals(2)) % fast, "
                + "up to \(conditions.jitter.decimals(0)) ms of jitter "
                + "(skew \(conditions.skew.decimals(0))), "
                + "after \(conditions.after.decimals(0)) s",
            columns: ["", "median", "worst"]
        )
        for (name, error) in [
            ("first frame late, ms", \ClipTruth.startError),
            ("last frame's end late, ms", \.endError),
        ] {
            let errors = truths.map { Double($0[keyPath: error]) / 1000 }
            let worst = errors.max { abs($0) < abs($1) } ?? 0
            table.add(name, [Sample(errors).median.decimals(1), worst.decimals(1)])
        }
        let missing = truths.map { Double($0.missing) }
        table.add(
            "frames missing",
            [Sample(missing).median.decimals(0), (missing.max() ?? 0).decimals(0)]
        )
        let misplaced = truths.map { Double($0.misplaced) }
        table.add(
            "frames doubled or out of order",
            [Sample(misplaced).median.decimals(0), (misplaced.max() ?? 0).decimals(0)]
        )
        table.show()
        let slack = Double(ClockCamera.frameInterval + ClipTruth.tolerance) / 1000
        print("\n  aim: at most \(slack.decimals(0)) ms, and no frame missing or doubled")
        try Violations(truths.flatMap(\.violationsWhole)).show()
    }
}
