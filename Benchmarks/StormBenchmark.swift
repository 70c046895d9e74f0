import Foundation
import TestSupport

/// Two hundred triggers within a second on four cameras, once for each way to overlap: what is
/// accepted, how soon it is answered, whether all becomes ready, and what it takes on the disk.
struct StormBenchmark {
    private static let cameras = 4
    private static let triggers = 200
    /// Of each, in seconds.
    private static let before = 10
    private static let after = 5

    /// One round of triggers.
    private enum Kind: String, CaseIterable {
        case separate
        case extend
        case reject
        /// Separate, each sent twice: under a hundred keys.
        case keys
    }

    /// What one trigger got.
    private struct Answer {
        let status: Int
        /// The clip that was accepted, or that stands in the way.
        let clip: String?
        let milliseconds: Double
    }

    func run() async throws {
        let seconds = Double(Self.before) + 4
        try await withStopping(try await Rig.start(cameras: Self.cameras)) { rig in
            try await rig.waitUntilBuffered(seconds)
            var table = Table(
                """
                storm: \(Self.triggers) triggers of \(Self.before) + \(Self.after) s within a second \
                on \(Self.cameras) cameras
                """,
                columns: [
                    "", "accepted", "refused", "clips", "ready", "p50 ms", "p99 ms", "max ms",
                    "all ready after s", "sum MB", "on disk MB", "of it MP4",
                ]
            )
            for kind in Kind.allCases {
                table.add(kind.rawValue, try await round(kind, rig))
            }
            table.show()
        }
    }

    private func round(_ kind: Kind, _ rig: Rig) async throws -> [String] {
        let start = ContinuousClock.now
        let answers = try await storm(kind, rig)
        try check(answers, kind)
        let clips = Set(answers.compactMap(\.clip))
        var ready = 0
        for id in clips {
            ready += try await rig.finished(id, within: .seconds(900)).status == "ready" ? 1 : 0
        }
        let time = ContinuousClock.now - start
        let usage = try DiskUsage(of: clips.map { try rig.folder(of: $0) })
        for id in clips { try await rig.delete(id) }
        let times = Sample(answers.map(\.milliseconds))
        return [
            String(answers.count { $0.status == 202 }),
            String(answers.count { $0.status == 409 }),
            String(clips.count),
            String(ready),
            times.median.decimals(1),
            times.percentile(99).decimals(1),
            times.largest.decimals(1),
            time.seconds.decimals(1),
            (Double(usage.apparent) / 1_000_000).decimals(0),
            (Double(usage.real) / 1_000_000).decimals(0),
            (Double(usage.videos) / 1_000_000).decimals(0),
        ]
    }

    /// Each goes out at its moment, whether those before it have been answered or not.
    private func storm(_ kind: Kind, _ rig: Rig) async throws -> [Answer] {
        let first = ContinuousClock.now
        return try await withThrowingTaskGroup { group in
            for number in 0..<Self.triggers {
                group.addTask {
                    try await Task.sleep(until: first + .seconds(1) * number / Self.triggers)
                    return try await trigger(number, kind, rig)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func trigger(_ number: Int, _ kind: Kind, _ rig: Rig) async throws -> Answer {
        struct Told: Decodable {
            let id: String?
            let clip: String?
        }
        // Two neighbours have one key, and so must have one camera.
        let camera = rig.cameras[(kind == .keys ? number / 2 : number) % Self.cameras]
        let overlap = kind == .keys ? "separate" : kind.rawValue
        let start = ContinuousClock.now
        let response = try await rig.client.post(
            "/api/store",
            json: """
                {"camera": "\(camera)", "before": \(Self.before), "after": \(Self.after), \
                "overlap": "\(overlap)"}
                """,
            headers: kind == .keys ? ["Idempotency-Key": "storm \(number / 2)"] : [:],
            timeout: .seconds(60)
        )
        let milliseconds = (ContinuousClock.now - start).milliseconds
        let told: Told = try response.json()
        return Answer(
            status: response.status,
            clip: told.id ?? told.clip,
            milliseconds: milliseconds
        )
    }

    /// Fails unless each was accepted or refused as its kind is to be.
    private func check(_ answers: [Answer], _ kind: Kind) throws {
        let accepted = answers.filter { $0.status == 202 }
        let clips = Set(accepted.compactMap(\.clip)).count
        let isRight =
            switch kind {
            case .separate: accepted.count == Self.triggers && clips == Self.triggers
            case .extend: accepted.count == Self.triggers && clips >= Self.cameras
            case .keys: accepted.count == Self.triggers && clips == Self.triggers / 2
            case .reject:
                accepted.count == Self.cameras && clips == Self.cameras
                    && answers.allSatisfy { $0.status == 202 || $0.status == 409 }
                    && Set(answers.compactMap(\.clip)).count == clips
            }
        guard isRight else {
            let statuses = Dictionary(grouping: answers, by: \.status).mapValues(\.count)
            throw TestFailure("\(kind): statuses \(statuses), \(clips) clips")
        }
    }
}
