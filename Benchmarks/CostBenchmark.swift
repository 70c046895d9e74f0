import Foundation
import TestSupport

/// What Hindsight costs beside the ffmpeg processes that it cannot do without.
struct CostBenchmark {
    private static let cameras = 8
    private static let rounds = 5
    private static let round = Duration.seconds(20)

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
        try await withStopping(try await Rig.start(cameras: Self.cameras)) { rig in
            try await rig.waitUntilFull()
            let ffmpeg = try ProcessFigures.children(of: rig.pid)
            var own: [Round] = []
            var children: [Round] = []
            for _ in 0..<Self.rounds {
                let (ownRound, childrenRound) = try await measure(rig.pid, ffmpeg)
                own.append(ownRound)
                children.append(childrenRound)
            }
            show(own, children, processes: ffmpeg.count)
        }
    }

    private func measure(
        _ server: pid_t,
        _ ffmpeg: [pid_t]
    ) async throws -> (own: Round, children: Round) {
        func figures() throws -> (own: ProcessFigures, children: [ProcessFigures]) {
            (try ProcessFigures(pid: server), try ffmpeg.map { try ProcessFigures(pid: $0) })
        }
        let start = ContinuousClock.now
        let earlier = try figures()
        try await Task.sleep(for: Self.round)
        let time = ContinuousClock.now - start
        let later = try figures()
        return (
            Round(from: [earlier.own], to: [later.own], lasting: time),
            Round(from: earlier.children, to: later.children, lasting: time)
        )
    }

    private func show(_ own: [Round], _ children: [Round], processes: Int) {
        var table = Table(
            "cost: \(Self.cameras) RTSP cameras copied, medians of \(Self.rounds) rounds of "
                + "\(Self.round.seconds.decimals(0)) s",
            columns: ["", "CPU %", "resident MB", "Pss MB", "private MB", "sleeps/s"]
        )
        for (name, rounds) in [("hindsight", own), ("ffmpeg × \(processes)", children)] {
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
        let shares = Sample(zip(own, children).map { $0.cpu / $1.cpu * 100 })
        let resident = Sample(own.map(\.resident)).median / 1_000_000
        print(
            "\n  CPU of hindsight as a share of ffmpeg's: \(shares.median.decimals(1)) % "
                + "(aim: under 10 %), at most \(shares.largest.decimals(1)) %"
        )
        print("  resident memory of hindsight: \(resident.decimals(1)) MB (aim: under 40 MB)")
    }
}
