import Glibc
import TestSupport
import Testing

@testable import Segmenter

@Suite("Poller")
struct PollerTests {
    /// A pipe, its ends closed by who uses it.
    private func pipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        try #require(Glibc.pipe(&ends) == 0)
        return (ends[0], ends[1])
    }

    @Test("Calls whenever there is something to read, and at the end of the stream")
    func readable() async throws {
        let (reading, writing) = try pipe()
        let counts = Gathered<Int>()
        Poller.shared.watch(reading) {
            var byte: UInt8 = 0
            let count = read(reading, &byte, 1)
            counts.add(count)
            guard count == 0 else { return }
            Poller.shared.unwatch(reading)
            close(reading)
        }
        for number in 1...3 {
            #expect(write(writing, "x", 1) == 1)
            try await eventually("byte \(number)") { counts.values.count == number }
        }
        close(writing)
        try await eventually("the end") { counts.values == [1, 1, 1, 0] }
    }

    @Test("Watches a descriptor no more once told")
    func unwatched() async throws {
        let (reading, writing) = try pipe()
        let called = Gathered<Bool>()
        Poller.shared.watch(reading) { called.add(true) }
        let passed = Gathered<Bool>()
        Poller.shared.run {
            Poller.shared.unwatch(reading)
            #expect(write(writing, "x", 1) == 1)
            Poller.shared.run { passed.add(true) }
        }
        try await eventually("the next round") { !passed.values.isEmpty }
        #expect(called.values.isEmpty)
        close(reading)
        close(writing)
    }

    @Test("Runs work from many threads, all of it, on one thread")
    func work() async throws {
        let threads = Gathered<pthread_t>()
        await withTaskGroup { group in
            for _ in 0..<200 {
                group.addTask { Poller.shared.run { threads.add(pthread_self()) } }
            }
        }
        try await eventually("all work") { threads.values.count == 200 }
        #expect(Set(threads.values).count == 1)
    }
}
