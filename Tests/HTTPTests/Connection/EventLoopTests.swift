import TestSupport
import Testing

@testable import HTTP

@Suite("Event loop")
struct EventLoopTests {
    private struct Remains: Sendable {
        weak let loop: EventLoop?
    }

    private func drained() async throws -> Remains {
        let loop = try EventLoop(sweepInterval: 1_000_000_000)
        try loop.start()
        await loop.drain()
        return Remains(loop: loop)
    }

    @Test("Once drained, the thread ends, and lets go of the loop with its descriptors")
    func ends() async throws {
        let remains = try await drained()
        try await eventually("the loop is gone") { remains.loop == nil }
    }
}
