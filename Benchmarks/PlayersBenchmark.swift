import Foundation
import TestSupport

/// Whether every one of many HLS players gets its segments in time, and what that costs.
struct PlayersBenchmark {
    let count: Int
    let seconds: Int

    private struct Outcome {
        let name: String
        let crowd: PlayerCrowd.Outcome
        let earlier: ProcessFigures
        let later: ProcessFigures

        var cpu: Double { later.cpuSeconds - earlier.cpuSeconds }

        /// A player that waits longer than a segment lasts stands still.
        var late: Int { crowd.times.count(where: { $0 > Broadcast.segmentTime.seconds }) }
    }

    func run() async throws {
        let folder = try TemporaryFolder()
        let files = folder.file("public/hls")
        let broadcast = Broadcast(segments: seconds / Int(Broadcast.segmentTime.seconds))
        try broadcast.write(to: files)
        // Hindsight's own players watch clips, whose rows it has to look up.
        let clip = try await ClipList.record(1, in: folder)[0].id
        try broadcast.link(files, into: ClipFolder.find(clip, in: folder.file("storage")))
        try await withStopping(try await Contest.start(in: folder)) { contest in
            let hindsight: any WebServer = contest.hindsight
            let shows =
                [("hindsight, a clip", hindsight, "/api/videos/\(clip)/hls")]
                + contest.servers.map { ($0.name, $0, "/hls") }
            for (_, server, path) in shows {
                try await broadcast.check(server, at: path, against: files)
            }
            // Only now, so that the servers see to their own limits.
            DescriptorLimit.raise()
            try await Core.pinThisProcess(to: Core.load)
            var outcomes: [Outcome] = []
            for (name, server, path) in shows {
                let earlier = try ProcessFigures(pid: server.pid)
                let crowd = try await LoadThread.run { [count, port = server.port] in
                    try PlayerCrowd.play(broadcast, port: port, path: path, count: count, $0)
                }
                let later = try ProcessFigures(pid: server.pid)
                outcomes.append(
                    Outcome(name: name, crowd: crowd, earlier: earlier, later: later)
                )
            }
            show(outcomes, bytes: count * broadcast.segments * Broadcast.segmentLength)
        }
    }

    private func show(_ outcomes: [Outcome], bytes: Int) {
        var table = Table(
            "players: \(count) at 4 Mb/s for \(seconds) s",
            columns: [
                "", "segments", "late", "p50 ms", "p99 ms", "worst ms", "CPU s", "CPU s/GB",
                "client busy %", "behind ms",
            ]
        )
        for outcome in outcomes {
            let crowd = outcome.crowd
            table.add(
                outcome.name,
                [
                    "\(crowd.times.count)", "\(outcome.late)",
                    (crowd.times.median * 1000).decimals(1),
                    (crowd.times.percentile(99) * 1000).decimals(1),
                    (crowd.times.largest * 1000).decimals(1), outcome.cpu.decimals(2),
                    (outcome.cpu / Double(bytes) * 1e9).decimals(3),
                    (crowd.share * 100).decimals(0), (crowd.lag * 1000).decimals(1),
                ]
            )
        }
        table.show()
        let nginx = outcomes[2...].min { $0.cpu < $1.cpu } ?? outcomes[2]
        print("\n  beside \(nginx.name) (above 1 is better for hindsight; aim: none late):")
        for own in outcomes[..<2] {
            let ratio = (nginx.cpu / own.cpu).decimals(2)
            print("  \(own.name): CPU \(ratio), \(own.late) late")
        }
        if outcomes.contains(where: { $0.crowd.share > 0.9 }) {
            print("  the client used up its core: what it waited for is not all the servers' fault")
        }
    }
}
