import Foundation
import TestSupport

/// How long after its asked end a clip is ready, for a client that listens to the events.
struct ReadyBenchmark {
    private static let before = 10.0
    private static let after = 3.0
    /// How many cameras are triggered together, and how often.
    private static let groups: [(cameras: Int, rounds: Int)] = [(1, 30), (8, 8), (32, 4)]

    func run() async throws {
        let most = Self.groups.map(\.cameras).max() ?? 0
        try await withStopping(try await Rig.start(cameras: most)) { rig in
            try await rig.waitUntilBuffered(Self.before + Rig.segmentDuration)
            let watch = try ReadyWatch(port: rig.client.port)
            var table = Table(
                "ready: milliseconds from a clip's asked end to clip.ready at a client; "
                    + "\(most) cameras of 1080p, a keyframe every 2 s",
                columns: ["triggered together", "clips", "median", "p95", "worst"]
            )
            for (cameras, rounds) in Self.groups {
                let waits = Sample(try await measure(rig, watch, cameras, rounds))
                table.add(
                    "\(cameras)",
                    [
                        "\(waits.count)", waits.median.decimals(0),
                        waits.percentile(95).decimals(0), waits.largest.decimals(0),
                    ]
                )
            }
            table.show()
            print("\n  aim: median under 400 ms for one camera")
        }
    }

    /// The waits of all clips, in milliseconds.
    private func measure(
        _ rig: Rig,
        _ watch: ReadyWatch,
        _ cameras: Int,
        _ rounds: Int
    ) async throws -> [Double] {
        var clips: [ClipState] = []
        for round in 0..<rounds {
            let offset = cameras == 1 ? round % rig.cameras.count : 0
            let ids = Array(rig.cameras[offset..<offset + cameras])
            let together = try await rig.trigger(ids, before: Self.before, after: Self.after)
            clips += together
            // Those of one camera are apart anyway; many are not to wait for each other.
            let last = cameras == 1 ? [] : together
            _ = try await watch.moments(of: last.map(\.id))
            // Any moment between two keyframes.
            try await Task.sleep(for: .milliseconds(.random(in: 1000...3000)))
        }
        let moments = try await watch.moments(of: clips.map(\.id))
        for clip in clips { try await rig.delete(clip.id) }
        return zip(clips, moments).map { $1.timeIntervalSince($0.requestedEnd) * 1000 }
    }
}
