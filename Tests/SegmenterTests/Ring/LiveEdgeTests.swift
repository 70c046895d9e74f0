import TestSupport
import Testing

@testable import Segmenter

@Suite("A ring's live edge")
struct LiveEdgeTests {
    private let ring = Ring(bufferDuration: .seconds(10), executor: QueueExecutor(label: "ring"))
    private let footage: FootagePile

    init() throws {
        footage = try FootagePile(startingAt: .now() + .seconds(1000))
    }

    /// Has the newest segment grown to so many parts.
    private func grow(to parts: Int) async throws {
        await ring.update(open: try footage.open(for: .milliseconds(200 * parts), parts: parts))
    }

    private func waiting(
        for parts: Int,
        within limit: Duration = .seconds(60)
    ) -> Task<LiveEdge?, Never> {
        Task { [ring] in
            await ring.edge(within: limit) { ($0.newest.last?.parts.count ?? 0) >= parts }
        }
    }

    @Test("Who waits for a part gets it when it is there, and not what was there before")
    func waits() async throws {
        await ring.begin(run: "run1")
        try await grow(to: 1)
        let waiters = (0..<100).map { _ in waiting(for: 3) }
        try await grow(to: 2)
        try await grow(to: 3)
        for waiter in waiters {
            #expect(await waiter.value?.newest.last?.parts.map(\.number) == [0, 1, 2])
        }
        // Now it is there already.
        #expect(await waiting(for: 3).value != nil)
    }

    @Test("A closed ring, a limit and a cancellation end the wait with nothing")
    func endings() async throws {
        await ring.begin(run: "run1")
        #expect(await waiting(for: 1, within: .milliseconds(10)).value == nil)
        let cancelled = waiting(for: 1)
        cancelled.cancel()
        #expect(await cancelled.value == nil)
        let left = waiting(for: 1)
        await ring.close()
        #expect(await left.value == nil)
        #expect(await waiting(for: 1).value == nil)
    }

    @Test("Every change has a revision of its own, going segments among them")
    func revisions() async throws {
        var revisions = [await ring.edge.revision]
        await ring.begin(run: "run1")
        revisions.append(await ring.edge.revision)
        try await grow(to: 1)
        revisions.append(await ring.edge.revision)
        await ring.append(try footage.segment())
        revisions.append(await ring.edge.revision)
        await ring.prune(now: footage.start + .seconds(100))
        revisions.append(await ring.edge.revision)
        await ring.end(run: "run1", directory: footage.folder.path + "/run1", reason: nil)
        revisions.append(await ring.edge.revision)
        #expect(Set(revisions).count == revisions.count)
    }

    @Test("The next part has the next number, as long as its run is recorded")
    func next() async throws {
        #expect(await ring.edge.nextPart == nil)
        await ring.begin(run: "run1")
        #expect(await ring.edge.nextPart == nil)
        try await grow(to: 2)
        #expect(await ring.edge.nextPart == 2)
        await ring.end(run: "run1", directory: footage.folder.path + "/run1", reason: nil)
        #expect(await ring.edge.nextPart == nil)
        await ring.begin(run: "run2")
        #expect(await ring.edge.nextPart == nil)
    }
}
