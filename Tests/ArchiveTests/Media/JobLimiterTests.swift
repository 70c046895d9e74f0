import Synchronization
import TestSupport
import Testing

@testable import Archive

@Suite("Job limiter")
struct JobLimiterTests {
    /// How many jobs run, and how many have run at most.
    private final class Census: Sendable {
        private let counts = Mutex((now: 0, most: 0))

        var most: Int { counts.withLock { $0.most } }

        func enter() {
            counts.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
        }

        func leave() { counts.withLock { $0.now -= 1 } }
    }

    @Test("Runs as many jobs at a time as it is allowed to, no more, and all of them")
    func limit() async {
        let limiter = JobLimiter(limit: 3)
        let census = Census()
        let results = await withTaskGroup { group in
            for number in 0..<40 {
                group.addTask {
                    await limiter.run {
                        census.enter()
                        // Until the others have had time to come, however busy the threads are.
                        for _ in 0..<10_000 where census.most < 3 { await Task.yield() }
                        for _ in 0..<10 { await Task.yield() }
                        census.leave()
                        return number
                    }
                }
            }
            return await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(results == Set(0..<40))
        #expect(census.most == 3)
    }

    @Test("A job that fails hands its place over like any other")
    func failure() async throws {
        struct Broken: Error {}
        let limiter = JobLimiter(limit: 1)
        for _ in 0..<3 {
            await #expect(throws: Broken.self) {
                try await limiter.run { () async throws(Broken) in throw Broken() }
            }
        }
        #expect(await limiter.run { 7 } == 7)
    }

    @Test("Who waits longest comes first")
    func order() async throws {
        let limiter = JobLimiter(limit: 1)
        let (gate, opener) = AsyncStream<Void>.makeStream()
        let (started, starter) = AsyncStream<Void>.makeStream()
        let order = Lines()
        async let first: Void = limiter.run {
            starter.finish()
            for await _ in gate {}
        }
        for await _ in started {}
        await withTaskGroup { group in
            for number in 0..<5 {
                group.addTask {
                    await limiter.run { order.add("\(number)") }
                }
                // In line before the next one comes.
                while await limiter.waiting.count <= number { await Task.yield() }
            }
            opener.finish()
        }
        await first
        #expect(order.all == ["0", "1", "2", "3", "4"])
    }
}
