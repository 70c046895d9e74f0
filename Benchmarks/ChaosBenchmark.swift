import Foundation
import TestSupport

/// Cameras and ffmpegs that are killed and stopped at random, under triggers: nothing lost that there
/// was, nothing claimed that there was not, nothing left behind.
struct ChaosBenchmark {
    private static let cameras = (1...4).map { "clock\($0)" }
    private static let triggerInterval = Duration.seconds(10)
    /// After a fault's end, until the camera must be recorded again: a long back-off and a start.
    private static let recovery = 45.0

    let minutes: Int
    let seed: UInt64

    func run() async throws {
        let length = Duration.seconds(minutes * 60)
        let clocks = try await ClockCameras.start(
            Self.cameras.map { .init(id: $0) },
            limit: length + .seconds(900)
        )
        try await withStopping(try await Rig.start(clocks.sources, of: clocks)) { rig in
            try await rig.waitUntilBuffered(20)
            let log = ChaosLog()
            let before = try await ChaosLook(rig)
            let end = ContinuousClock.now + length
            try await withThrowingTaskGroup { group in
                group.addTask { try await inflict(until: end, clocks, rig, log) }
                group.addTask { try await trigger(until: end, rig, log) }
                group.addTask { try await watch(until: end, rig, log) }
                try await group.waitForAll()
            }
            try await eventually("all cameras live again", timeout: .seconds(120)) {
                try await rig.cameraStates().allSatisfy { $0.status == "live" }
            }
            try await Task.sleep(for: .seconds(5))
            try await log.show(before, try await ChaosLook(rig), seed: seed)
        }
    }

    // MARK: - Faults

    private func inflict(
        until end: ContinuousClock.Instant,
        _ clocks: ClockCameras,
        _ rig: Rig,
        _ log: ChaosLog
    ) async throws {
        var generator = SplitMix64(seed: seed)
        while true {
            let pause = Double.random(in: 20...60, using: &generator)
            let camera = Self.cameras.randomElement(using: &generator) ?? ""
            let fault = ChaosFault.Kind.allCases.randomElement(using: &generator) ?? .cameraKilled
            let length = Double.random(in: 1...25, using: &generator)
            guard ContinuousClock.now + .seconds(pause) < end else { return }
            try await Task.sleep(for: .seconds(pause))
            // A clip may end before the fault does.
            let number = await log.begin(ChaosFault(camera: camera, kind: fault, start: Date()))
            try await fault.inflict(on: camera, for: length, clocks, rig)
            await log.end(fault: number)
        }
    }

    // MARK: - Triggers

    private func trigger(
        until end: ContinuousClock.Instant,
        _ rig: Rig,
        _ log: ChaosLog
    ) async throws {
        var generator = SplitMix64(seed: seed &+ 1)
        try await withThrowingTaskGroup { group in
            while ContinuousClock.now < end {
                let camera = Self.cameras.randomElement(using: &generator) ?? ""
                let before = Double.random(in: 5...20, using: &generator)
                let after = Double.random(in: 2...15, using: &generator)
                let body =
                    #"{"camera": "\#(camera)", "before": \#(before), "after": \#(after)}"#
                let answer = try await rig.client.post("/api/store", json: body)
                if answer.status == 202 {
                    let clip: ClipState = try answer.json()
                    group.addTask { try await judge(clip, rig, log) }
                } else {
                    await log.refuse("\(answer.status)")
                }
                try await Task.sleep(for: Self.triggerInterval)
            }
            try await group.waitForAll()
        }
    }

    private func judge(_ recording: ClipState, _ rig: Rig, _ log: ChaosLog) async throws {
        let id = "\(recording.camera) \(recording.id)"
        try await Task.sleep(for: .seconds(recording.requestedEnd.timeIntervalSinceNow))
        let clip: ClipState
        do {
            clip = try await rig.finished(recording.id, within: .seconds(120))
        } catch {
            return await log.violate("\(id): \(error)")
        }
        if clip.status == "ready" {
            do {
                let truth = try await rig.truth(of: clip)
                await log.take(truth, of: clip)
                let faults = await log.faults
                for hole in truth.holes where hole.length > 300_000 {
                    guard !explains(faults, hole, of: clip.camera) else { continue }
                    await log.violate("\(id): \(hole) was lost without a fault")
                }
            } catch {
                await log.violate("\(id): \(error)")
            }
        } else {
            await log.fail(clip)
        }
        try await rig.delete(clip.id)
    }

    private func explains(_ faults: [ChaosFault], _ hole: ClipTruth.Hole, of camera: String) -> Bool
    {
        faults.contains { fault in
            fault.camera == camera
                && fault.start.timeIntervalSince1970 - 1 < Double(hole.end) / 1e6
                && fault.end.timeIntervalSince1970 + Self.recovery > Double(hole.start) / 1e6
        }
    }

    // MARK: - What grows

    private func watch(
        until end: ContinuousClock.Instant,
        _ rig: Rig,
        _ log: ChaosLog
    ) async throws {
        while ContinuousClock.now < end {
            try await Task.sleep(for: .seconds(10))
            await log.add(try await ChaosLook(rig))
        }
    }
}
