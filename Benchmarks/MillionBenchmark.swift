import Archive
import Foundation
import TestSupport

/// Whether a million clips are as quick to work with as a thousand.
struct MillionBenchmark {
    private static let rounds = 300

    let count: Int

    func run() async throws {
        let small = try await ClipStore.make(1000)
        let large = try await ClipStore.make(count)
        try await measureOperations(small, large)
        try await measureStart(small, large)
    }

    private func measureOperations(_ small: ClipStore, _ large: ClipStore) async throws {
        var table = Table(
            "million: milliseconds, p50 and p99 of \(Self.rounds), in turns; "
                + "the statements alone beside it",
            columns: [
                "", "p50 \(small.count)", "p50 \(large.count)", "ratio", "p99 \(small.count)",
                "p99 \(large.count)", "alone p50", "alone p99",
            ]
        )
        let smaller = try await StoreWork(small)
        let larger = try await StoreWork(large)
        for operation in StoreOperation.allCases {
            var times: [[Double]] = [[], [], []]
            for round in 0..<Self.rounds {
                let steps: [() async throws -> Void] = [
                    { try await smaller.perform(operation, round) },
                    { try await larger.perform(operation, round) },
                    { try await larger.performPlainly(operation, round) },
                ]
                for (index, step) in steps.enumerated() {
                    let start = ContinuousClock.now
                    try await step()
                    times[index].append((ContinuousClock.now - start).milliseconds)
                }
            }
            let samples = times.map { Sample($0) }
            let (few, many, plain) = (samples[0], samples[1], samples[2])
            table.add(
                operation.rawValue,
                [
                    few.median.decimals(3), many.median.decimals(3),
                    (many.median / few.median).decimals(2), few.percentile(99).decimals(2),
                    many.percentile(99).decimals(2), plain.median.decimals(3),
                    plain.percentile(99).decimals(2),
                ]
            )
        }
        table.show()
        try await smaller.close()
        try await larger.close()
    }

    private func measureStart(_ small: ClipStore, _ large: ClipStore) async throws {
        var table = Table(
            "million: start, and what the server then has in memory",
            columns: [
                "clips", "database MB", "filled in s", "open and recover ms",
                "server's first answer ms", "resident MB", "after 100 lists MB",
            ]
        )
        for store in [small, large] {
            let opening = try await store.timeOfOpening()
            let start = ContinuousClock.now
            let camera = HindsightServer.CameraEntry(id: "test", source: "test", enabled: false)
            let server = try await HindsightServer.start(cameras: [camera], in: store.folder)
            let first = (ContinuousClock.now - start).milliseconds
            let memory = try await withStopping(server) { server in
                let before = try ProcessFigures(pid: server.pid).resident
                for number in 0..<100 {
                    let path = "/api/videos?limit=100&q=par&camera=camera-\(number % 8)"
                    let response = try await server.client.get(path)
                    guard response.status == 200 else { throw TestFailure(response.text) }
                }
                return (before, try ProcessFigures(pid: server.pid).resident)
            }
            table.add(
                "\(store.count)",
                [
                    (Double(try store.databaseSize) / 1e6).decimals(1), store.filled.decimals(1),
                    opening.milliseconds.decimals(1), first.decimals(0),
                    (Double(memory.0) / 1e6).decimals(1), (Double(memory.1) / 1e6).decimals(1),
                ]
            )
        }
        table.show()
    }
}
