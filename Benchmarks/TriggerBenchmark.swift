import Foundation
import TestSupport

/// How long a trigger takes until it is answered: its row committed, its pre-roll safe.
struct TriggerBenchmark {
    private static let cameras = 8
    private static let count = 200
    private static let atOnce = 50

    func run() async throws {
        try await withStopping(try await Rig.start(cameras: Self.cameras)) { rig in
            try await rig.waitUntilBuffered(32)
            let health = try await oneByOne { _ in
                try await timed { _ = try await rig.client.get("/api/health") }
            }
            let sync = try await oneByOne { number in
                let file = rig.scratch("sync-\(number)")
                return try await timed { try DurableFile.write(count: 4096, to: file) }
            }
            let store = try await oneByOne { number in
                try await trigger(rig, number)
            }
            var burst: [Double] = []
            for _ in 0..<Self.count / Self.atOnce { burst += try await together(rig) }
            let busy = try await oneByOne { number in
                let camera = rig.cameras[number % Self.cameras]
                return try await timed {
                    _ = try await rig.trigger(camera, before: 2, after: 1)
                }
            }
            show([
                ("GET /api/health", health),
                ("4 KiB written and synced", sync),
                ("POST /api/store, one by one", store),
                ("POST /api/store, \(Self.atOnce) at once", Sample(burst)),
                ("POST /api/store, while clips are made", busy),
            ])
        }
    }

    /// A trigger of 30 s and 30 s; its clip is deleted when the time has been taken.
    private func trigger(_ rig: Rig, _ number: Int) async throws -> Double {
        let camera = rig.cameras[number % Self.cameras]
        let start = ContinuousClock.now
        let clip = try await rig.trigger(camera)
        let time = ContinuousClock.now - start
        try await rig.delete(clip.id)
        return time.milliseconds
    }

    private func together(_ rig: Rig) async throws -> [Double] {
        let results = try await withThrowingTaskGroup { group in
            for number in 0..<Self.atOnce {
                group.addTask {
                    let start = ContinuousClock.now
                    let clip = try await rig.trigger(rig.cameras[number % Self.cameras])
                    return (clip.id, (ContinuousClock.now - start).milliseconds)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for (id, _) in results { try await rig.delete(id) }
        return results.map(\.1)
    }

    private func oneByOne(_ measure: (Int) async throws -> Double) async throws -> Sample {
        var values: [Double] = []
        for number in 0..<Self.count { values.append(try await measure(number)) }
        return Sample(values)
    }

    private func timed(_ work: () async throws -> Void) async throws -> Double {
        let start = ContinuousClock.now
        try await work()
        return (ContinuousClock.now - start).milliseconds
    }

    private func show(_ samples: [(name: String, sample: Sample)]) {
        var table = Table(
            "trigger: milliseconds, \(Self.count) of each, \(Self.cameras) cameras",
            columns: ["", "p50", "p99", "max", "p50 ÷ health's"]
        )
        let scale = samples[0].sample.median
        for (name, sample) in samples {
            table.add(
                name,
                [
                    sample.median.decimals(2), sample.percentile(99).decimals(2),
                    sample.largest.decimals(2), (sample.median / scale).decimals(1),
                ]
            )
        }
        table.show()
    }
}
