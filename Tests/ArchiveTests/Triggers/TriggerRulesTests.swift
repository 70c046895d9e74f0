import TestSupport
import Testing

@Suite("The rules of triggers", .timeLimit(.minutes(5)))
struct TriggerRulesTests {
    private static let steps = 2000

    @Test(
        "Of thousands of requests, endings, deletions and restarts comes what a small model says",
        arguments: [1, 2] as [UInt64]
    )
    func model(seed: UInt64) async throws {
        let world = try TriggerWorld(seed: seed)
        for step in 1...Self.steps {
            do {
                try await world.step()
                if step.isMultiple(of: 250) { try await world.compare() }
            } catch {
                throw TestFailure("seed \(seed), step \(step): \(error)")
            }
        }
        await world.close()
        // Each of the rules was met.
        #expect(
            world.seen == [
                "new", "longer", "refused", "partly", "replayed", "reused", "deleted", "restarted",
            ]
        )
    }
}
