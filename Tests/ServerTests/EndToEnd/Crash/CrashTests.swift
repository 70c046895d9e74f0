import Archive
import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite("Killed again and again")
    struct CrashTests {
        private static let lanes = 4
        /// How often the program is killed in all.
        private static let kills =
            ProcessInfo.processInfo.environment["HINDSIGHT_CRASH_KILLS"].flatMap { Int($0) } ?? 200

        @Test(
            "What was accepted is there and whole, what was deleted is not, and nothing else is left",
            .timeLimit(.minutes(20))
        )
        func crashes() async throws {
            let folder = try TemporaryFolder()
            let film = folder.file("film.mp4")
            try await TestVideo(seconds: 10, size: "160x120", keyframeInterval: 12).write(to: film)
            let outcomes = try await withThrowingTaskGroup { group in
                for number in 0..<Self.lanes {
                    group.addTask {
                        let seed = UInt64(number + 1)
                        var lane = try CrashLane(film: film, seed: seed)
                        return try await lane.run(
                            CrashDeath.plan(Self.kills / Self.lanes, seed: seed)
                        )
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for outcome in outcomes { #expect(outcome.violations == []) }
            let accepted = outcomes.map(\.accepted).reduce(0, +)
            let reached = outcomes.reduce(into: [:]) { $0.merge($1.reached, uniquingKeysWith: +) }
            print(
                "killed \(outcomes.map(\.kills)) times with \(accepted) triggers accepted; \(reached)"
            )
            #expect(accepted > 0)
            let unreached = FaultPoint.allCases.filter { reached[$0] == nil }
            // With fewer kills not every point has its turn.
            #expect(unreached == [] || Self.kills < 100)
        }
    }
}
