import Foundation
import TestSupport

/// Whether clips say when their frames were taken, however hard that is to know, and how sure they are.
struct TruthRowsBenchmark {
    /// What is named after `truth rows`: rows, and `triggers=20`.
    struct Conditions {
        var rows: [TruthRow] = []
        var triggers = 20

        init?(_ values: [String]) {
            for value in values {
                if let row = TruthRow(rawValue: value) {
                    rows.append(row)
                } else if value.hasPrefix("triggers="), let number = Int(value.dropFirst(9)),
                    1...1000 ~= number
                {
                    triggers = number
                } else {
                    return nil
                }
            }
            if rows.isEmpty { rows = TruthRow.allCases }
        }
    }

    /// How far a frame's stated moment may lie beside the truth at most, in microseconds: however
    /// rarely pictures come, it is known when each came.
    private static let largestLimit: Int64 = 160_000

    let conditions: Conditions

    func run() async throws {
        var violations: [String] = []
        for row in conditions.rows {
            let scene = try await row.scene()
            let rig = try await Rig.start(
                scene.cameras.map { ($0.id, $0.source) },
                of: scene.source,
                storage: scene.storage,
                mustBeLive: false
            )
            let tallies = try await withStopping(rig) { try await measure(scene, $0) }
            show(row, tallies)
            violations += tallies.flatMap(\.violations).map { "\(row.rawValue): \($0)" }
        }
        try Violations(violations).show()
    }

    private func measure(_ scene: TruthScene, _ rig: Rig) async throws -> [TruthTally] {
        // What is never live has clips refused, which counts.
        try? await rig.waitUntilBuffered(20, timeout: .seconds(60))
        let ahead = RingsAhead()
        let background = Task {
            try await withThrowingTaskGroup { group in
                group.addTask { try await scene.disturbance(rig) }
                group.addTask { try await ahead.watch(rig) }
                try await group.waitForAll()
            }
        }
        defer { background.cancel() }
        let clips = try await trigger(scene, rig)
        background.cancel()
        // What did not happen must not pass for harmless.
        do { try await background.value } catch is CancellationError {}
        var tallies: [TruthTally] = []
        for camera in scene.cameras {
            let limit = min(camera.interval + ClipTruth.tolerance, Self.largestLimit)
            var tally = TruthTally(camera.id, limit: limit)
            let own = clips.filter { $0.camera == camera.id }
            tally.refused = conditions.triggers - own.count
            for recording in own {
                let clip = try await rig.finished(recording.id, within: .seconds(120))
                do {
                    tally.add(clip, try await rig.truth(of: clip, interval: camera.interval))
                } catch {
                    tally.addFailure(of: clip, error)
                }
            }
            tally.ahead = await ahead.worst[camera.id]
            tallies.append(tally)
        }
        return tallies
    }

    private func trigger(_ scene: TruthScene, _ rig: Rig) async throws -> [ClipState] {
        let ids = scene.cameras.map(\.id)
        var generator = SplitMix64(seed: 1)
        var clips: [ClipState] = []
        for _ in 0..<conditions.triggers {
            let before = Double.random(in: 3...20, using: &generator)
            let after = Double.random(in: 0.5...8, using: &generator)
            clips += try await rig.triggerWhatCan(ids, before: before, after: after)
            let pause = Double.random(in: 4...8, using: &generator)
            try await Task.sleep(for: .seconds(pause))
        }
        return clips
    }

    private func show(_ row: TruthRow, _ tallies: [TruthTally]) {
        var table = Table(
            "truth, \(row.rawValue): \(conditions.triggers) triggers of each camera; "
                + "worst milliseconds by which a frame is dated late",
            columns: [
                "", "clips", "first", "last", "any", "accuracy ±", "holds in", "complete",
                "ring ahead",
            ]
        )
        for tally in tallies { table.add(tally.camera, tally.cells) }
        table.show()
    }
}

/// By how much the ends of rings have been ahead of now at most.
private actor RingsAhead {
    /// In microseconds, by camera.
    private(set) var worst: [String: Int64] = [:]

    func watch(_ rig: Rig) async throws {
        while true {
            for camera in try await rig.cameraStates() {
                guard let end = camera.ring.end else { continue }
                let ahead = end.microseconds - Date().microseconds
                worst[camera.id] = max(ahead, worst[camera.id] ?? .min)
            }
            try await Task.sleep(for: .milliseconds(200))
        }
    }
}
