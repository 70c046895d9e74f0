import Foundation
import TestSupport

/// What Hindsight costs beside the ffmpeg processes that it cannot do without.
struct CostBenchmark {
    private static let cameras = 8
    private static let rounds = 5
    private static let round = Duration.seconds(20)
    /// What hindsight and its ffmpegs may take together, by what plain ffmpegs take.
    private static let wholeAim = 1.15
    /// What hindsight itself may take, in per cent of its ffmpegs.
    private static let shareAim = 10.0

    /// One process, or the sum of several, over one round.
    private struct Round {
        /// Seconds of CPU time a second.
        let cpu: Double
        let resident: Double
        let proportional: Double
        let `private`: Double
        /// A second.
        let sleeps: Double

        init(from earlier: [ProcessFigures], to later: [ProcessFigures], lasting time: Duration) {
            func sum(_ list: [ProcessFigures], _ figure: (ProcessFigures) -> Double) -> Double {
                list.map(figure).reduce(0, +)
            }
            func rate(_ figure: (ProcessFigures) -> Double) -> Double {
                (sum(later, figure) - sum(earlier, figure)) / time.seconds
            }
            cpu = rate(\.cpuSeconds)
            sleeps = rate { Double($0.sleeps) }
            resident = sum(later) { Double($0.resident) }
            proportional = sum(later) { Double($0.proportional) }
            `private` = sum(later) { Double($0.private) }
        }
    }

    func run() async throws {
        let source = try await RTSPCameras.start(copies: .init(count: Self.cameras))
        let urls = (1...Self.cameras).map { source.url(ofCopy: $0).absoluteString }
        let cameras = urls.enumerated().map { (id: "cam\($0 + 1)", source: $1) }
        try await withStopping(try await Rig.start(cameras, of: source)) { rig in
            try await withStopping(try await PlainRecorders.start(urls)) { plain in
                try await rig.waitUntilFull()
                let ffmpeg = try ProcessFigures.children(of: rig.pid)
                let groups = [[rig.pid], ffmpeg, plain.pids]
                var rounds: [[Round]] = []
                for _ in 0..<Self.rounds { rounds.append(try await measure(groups)) }
                show(
                    own: rounds.map { $0[0] },
                    children: rounds.map { $0[1] },
                    plain: rounds.map { $0[2] },
                    processes: ffmpeg.count
                )
            }
        }
    }

    /// One round of each group of processes, at the same time.
    private func measure(_ groups: [[pid_t]]) async throws -> [Round] {
        func figures() throws -> [[ProcessFigures]] {
            try groups.map { group in try group.map { try ProcessFigures(pid: $0) } }
        }
        let start = ContinuousClock.now
        let earlier = try figures()
        try await Task.sleep(for: Self.round)
        let time = ContinuousClock.now - start
        return zip(earlier, try figures()).map { Round(from: $0, to: $1, lasting: time) }
    }

    private func show(own: [Round], children: [Round], plain: [Round], processes: Int) {
        var table = Table(
            "cost: \(Self.cameras) RTSP cameras copied, medians of \(Self.rounds) rounds of "
                + "\(Self.round.seconds.decimals(0)) s",
            columns: ["", "CPU %", "resident MB", "Pss MB", "private MB", "sleeps/s"]
        )
        for (name, rounds) in [
            ("hindsight", own), ("its ffmpeg × \(processes)", children),
            ("plain ffmpeg × \(Self.cameras)", plain),
        ] {
            let median = { (figure: (Round) -> Double) in Sample(rounds.map(figure)).median }
            let megabyte = 1_000_000.0
            table.add(
                name,
                [
                    (median(\.cpu) * 100).decimals(2),
                    (median(\.resident) / megabyte).decimals(1),
                    (median(\.proportional) / megabyte).decimals(1),
                    (median(\.private) / megabyte).decimals(1),
                    median(\.sleeps).decimals(0),
                ]
            )
        }
        table.show()
        let whole = Sample(
            zip(zip(own, children), plain).map { both, plain in
                (both.0.cpu + both.1.cpu) / plain.cpu
            }
        )
        print(
            "\n  CPU of both by that of plain ffmpeg: \(whole.median.decimals(2)) "
                + "(aim: \(Self.wholeAim.decimals(2))), at most \(whole.largest.decimals(2))"
        )
        let shares = Sample(zip(own, children).map { $0.cpu / $1.cpu * 100 })
        print(
            "  CPU of hindsight as a share of its ffmpegs': \(shares.median.decimals(1)) % "
                + "(aim: \(Self.shareAim.decimals(0)) %), at most \(shares.largest.decimals(1)) %"
        )
        let resident = Sample(own.map(\.resident)).median / 1_000_000
        print("  resident memory of hindsight: \(resident.decimals(1)) MB (aim: under 40 MB)")
    }
}
