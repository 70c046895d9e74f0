import Foundation
import TestSupport

/// Fifty triggers within ten seconds: every clip ready and exact, and the rings none the longer.
struct BurstBenchmark {
    private static let cameras = 3
    private static let clips = 50
    private static let spacing = Duration.milliseconds(200)

    /// What came of it.
    private struct Outcome {
        /// How long each trigger took to be answered, in milliseconds.
        let answers: [Double]
        /// From the end of each clip's window until it was ready, in seconds.
        let waits: [Double]
        /// Of each MP4, in seconds.
        let lengths: [Double]
        /// Of each camera, in seconds.
        let rings: [Double]
        /// From the first trigger until the last clip was ready.
        let time: Duration
        /// The most that the server had in memory, in bytes.
        let memory: Int
    }

    func run() async throws {
        try await withStopping(try await Rig.start(cameras: Self.cameras)) { rig in
            try await rig.waitUntilFull()
            let start = ContinuousClock.now
            let (triggers, waits) = try await burst(rig)
            let time = ContinuousClock.now - start
            // Until the next segment, the rings may hold what the last clip let go of.
            try await Task.sleep(for: .seconds(4))
            show(
                Outcome(
                    answers: triggers.map(\.milliseconds),
                    waits: waits,
                    lengths: try await lengths(in: rig, triggers.map(\.id)),
                    rings: try await rig.cameraStates().map(\.ring.duration),
                    time: time,
                    memory: try ProcessFigures(pid: rig.pid).peakResident
                )
            )
        }
    }

    private func burst(
        _ rig: Rig
    ) async throws -> (triggers: [(id: String, milliseconds: Double)], waits: [Double]) {
        try await withThrowingTaskGroup { group in
            var triggers: [(id: String, milliseconds: Double)] = []
            let first = ContinuousClock.now
            for number in 0..<Self.clips {
                let start = ContinuousClock.now
                let clip = try await rig.trigger(rig.cameras[number % Self.cameras])
                triggers.append((clip.id, (ContinuousClock.now - start).milliseconds))
                group.addTask { try await wait(for: clip, rig) }
                try await Task.sleep(until: first + Self.spacing * (number + 1))
            }
            return (triggers, try await group.reduce(into: []) { $0.append($1) })
        }
    }

    /// Seconds from the end of a clip's window until it was ready.
    private func wait(for recording: ClipState, _ rig: Rig) async throws -> Double {
        try await Task.sleep(for: .seconds(recording.requestedEnd.timeIntervalSinceNow))
        let clip = try await rig.ready(
            recording.id,
            within: .seconds(120),
            every: .milliseconds(500)
        )
        return clip.readyAt?.timeIntervalSince(clip.requestedEnd) ?? .infinity
    }

    private func lengths(in rig: Rig, _ clips: [String]) async throws -> [Double] {
        var lengths: [Double] = []
        for id in clips {
            let probe = try await MediaProbe(try rig.folder(of: id).appending(path: "clip.mp4"))
            lengths.append(probe.video?.duration ?? 0)
        }
        return lengths
    }

    private func show(_ outcome: Outcome) {
        var table = Table(
            "burst: \(Self.clips) triggers of 30 + 30 s on \(Self.cameras) cameras",
            columns: ["", "median", "max"]
        )
        let rows = [
            ("POST /api/store, ms", outcome.answers, 1),
            ("window's end to ready, s", outcome.waits, 2),
            ("MP4's length, s", outcome.lengths, 3),
            ("ring afterwards, s", outcome.rings, 1),
        ]
        for (name, values, decimals) in rows {
            let sample = Sample(values)
            table.add(name, [sample.median.decimals(decimals), sample.largest.decimals(decimals)])
        }
        table.show()
        let error = Sample(outcome.lengths.map { abs($0 - 60) }).largest
        print(
            """

              \(outcome.lengths.count) of \(Self.clips) clips ready \
            \(outcome.time.seconds.decimals(0)) s after the first trigger
              MP4s off by at most \(error.decimals(3)) s (aim: one frame, 0.040 s)
              longest ring: \(Sample(outcome.rings).largest.decimals(1)) s \
            (aim: at most \(Rig.longestRing.decimals(0)) s)
              resident memory of hindsight: at most \
            \((Double(outcome.memory) / 1_000_000).decimals(1)) MB
            """
        )
    }
}
