import TestSupport
import Testing

@testable import Segmenter

/// What becomes of windows when somebody sets the system's clock.
@Suite("Ring, when the clock is set")
struct RingStepTests {
    private static let steps: [Duration] = [.seconds(3600), .seconds(-3600), .milliseconds(500)]

    private let source = SetClock(startingAt: Timestamp(microseconds: 1_700_000_000_000_000))
    private let ring: Ring
    private let footage: FootagePile

    init() throws {
        footage = try FootagePile(startingAt: source.wall)
        ring = Ring(
            bufferDuration: .seconds(60),
            executor: QueueExecutor(label: "ring"),
            clock: source.clock
        )
    }

    /// So many segments come, each when its time is over.
    private func record(_ count: Int) async throws {
        for _ in 0..<count {
            source.pass(FootagePile.segmentDuration)
            await ring.append(try footage.segment())
        }
    }

    @Test("A reading under way stays on its timeline, with every segment once", arguments: steps)
    func underWay(_ step: Duration) async throws {
        try await record(10)
        let begun = source.wall
        let reader = await ring.reader(from: begun - .seconds(10))
        try await record(3)
        source.set(by: step)
        try await record(3)
        let read = await reader.next()
        #expect(read.map(\.sequence) == Array(5..<16))
        #expect(read.first?.start == begun - .seconds(10))
        #expect(read.last?.end == begun + .seconds(12))
        for (earlier, later) in zip(read, read.dropFirst()) {
            #expect(earlier.end == later.start)
        }
        await reader.close()
        // Everybody else sees the new timeline, and hears of it.
        #expect(await ring.segments.last?.end == source.wall)
        #expect(source.steps == [step])
    }

    @Test("A reading begun after it reaches back across it, on the new timeline", arguments: steps)
    func after(_ step: Duration) async throws {
        try await record(10)
        source.set(by: step)
        let begun = source.wall
        let reader = await ring.reader(from: begun - .seconds(10))
        try await record(3)
        let read = await reader.next()
        #expect(read.map(\.sequence) == Array(5..<13))
        #expect(read.first?.start == begun - .seconds(10))
        #expect(read.last?.end == begun + .seconds(6))
        // What everybody else sees is on the new timeline too.
        #expect(await ring.segments.last?.end == source.wall)
        #expect(await ring.contents.segments == ring.segments)
        await reader.close()
    }

    @Test("Nothing is deleted early or late for it", arguments: steps)
    func pruning(_ step: Duration) async throws {
        try await record(20)
        source.set(by: step)
        try await record(20)
        #expect(await ring.segments.map(\.sequence) == Array(9..<40))
    }
}
