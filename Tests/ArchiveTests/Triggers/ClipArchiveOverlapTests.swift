import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Clip archive: triggers while clips are recorded", .timeLimit(.minutes(3)))
struct ClipArchiveOverlapTests {
    private let storage: Storage

    init() throws {
        storage = try Storage()
    }

    private func trigger(
        _ overlap: Overlap,
        seconds: ClosedRange<Double>,
        from start: Timestamp,
        label: String? = nil
    ) -> Trigger {
        let length = seconds.upperBound - seconds.lowerBound
        return Trigger(
            camera: "yard",
            at: start + .seconds(seconds.lowerBound),
            before: .zero,
            after: .seconds(length),
            overlap: overlap,
            label: label
        )
    }

    @Test("An extended clip has every frame from its own beginning to the new end")
    func exact() async throws {
        let recording = try await Recording(from: .soon)
        let archive = try storage.open()
        let footage = ScriptedFootage(recording.segments.prefix(4))
        let first = try await archive.trigger(
            trigger(.extend, seconds: 1.52...4.52, from: recording.start, label: "first"),
            footage: footage
        )
        let unused = ScriptedFootage(recording.segments.prefix(4))
        let longer = try await archive.trigger(
            trigger(.extend, seconds: 3...6.52, from: recording.start, label: "second"),
            footage: unused
        )
        #expect(longer.id == first.id && longer.label == "first")
        #expect(longer.requestedStart == first.requestedStart)
        #expect(longer.requestedEnd == recording.start + .milliseconds(6520))
        // Durable before the answer, and the same in both places.
        #expect(try await storage.table().clip(first.id) == longer)
        #expect(try storage.layout.staging(first.id).manifest().clip == longer)
        #expect(await unused.isClosed)
        await footage.arrive(recording.segments.dropFirst(4))
        let clip = try await archive.clip(first.id, finishedWithin: .seconds(60))
        #expect(clip.status == .ready && clip.coverage.complete)
        #expect(clip.duration == 5)
        try await expectExact(clip, of: recording, in: storage)
    }

    @Test("A clip that has all its footage is not lengthened any more: the trigger makes its own")
    func over() async throws {
        let start = Timestamp.soon
        let archive = try storage.open()
        let footage = ScriptedFootage([])
        let first = try await archive.trigger(
            trigger(.extend, seconds: 0...5, from: start),
            footage: footage
        )
        await footage.end()
        _ = try await archive.clip(first.id, finishedWithin: .seconds(60))
        for overlap in [Overlap.extend, .reject] {
            let second = try await archive.trigger(
                trigger(overlap, seconds: 1...6, from: start),
                footage: ScriptedFootage([])
            )
            #expect(second.id != first.id)
            try await archive.delete(second.id)
        }
        #expect(try await archive.clip(first.id).requestedEnd == start + .seconds(5))
    }

    @Test("A clip that is deleted at the same moment is no obstacle: the trigger makes its own")
    func deleted() async throws {
        let start = Timestamp.soon
        let archive = try storage.open()
        let first = try await archive.trigger(
            trigger(.separate, seconds: 0...5, from: start),
            footage: ScriptedFootage([])
        )
        // The row has gone; its recorder does not know yet.
        #expect(try await storage.table().markDeleted(first.id))
        let second = try await archive.trigger(
            trigger(.extend, seconds: 1...9, from: start),
            footage: ScriptedFootage([])
        )
        #expect(second.id != first.id && second.requestedStart == start + .seconds(1))
        #expect(try await archive.clip(second.id) == second)
        await archive.shutDown()
    }

    @Test("Of twenty triggers at once that reject each other one is accepted")
    func oneOfMany() async throws {
        let start = Timestamp.soon
        let archive = try storage.open()
        let results = await together { number in
            try await archive.trigger(
                trigger(.reject, seconds: 0...Double(number + 1), from: start),
                footage: ScriptedFootage([])
            ).id
        }
        let accepted = results.compactMap { try? $0.get() }
        #expect(accepted.count == 1)
        for case .failure(let error) in results {
            #expect(error as? ArchiveError == .overlapping(id: accepted[0]))
        }
        await archive.shutDown()
    }

    @Test("Twenty triggers at once that extend each other are one clip to the latest end")
    func oneForAll() async throws {
        let start = Timestamp.soon
        let archive = try storage.open()
        let results = await together { number in
            try await archive.trigger(
                trigger(.extend, seconds: 0...Double(number * 7 % 20 + 1), from: start),
                footage: ScriptedFootage([])
            ).id
        }
        let ids = Set(try results.map { try $0.get() })
        #expect(ids.count == 1)
        let clip = try await archive.clip(try #require(ids.first))
        #expect(clip.requestedEnd == start + .seconds(20))
        #expect(try storage.layout.staging(clip.id).manifest().clip == clip)
        await archive.shutDown()
    }

    @Test("An extended clip is as long after a restart, and grows on")
    func restarted() async throws {
        let start = Timestamp.soon
        let archive = try storage.open()
        let first = try await archive.trigger(
            trigger(.separate, seconds: 0...5, from: start),
            footage: ScriptedFootage([])
        )
        _ = try await archive.trigger(
            trigger(.extend, seconds: 2...8, from: start),
            footage: ScriptedFootage([])
        )
        await archive.shutDown()
        let next = try storage.open()
        let asked = Lines()
        try await next.recover { _, window in
            asked.add("\(window.duration.seconds)")
            return ScriptedFootage([])
        }
        #expect(asked.all == ["8.0"])
        let longer = try await next.trigger(
            trigger(.extend, seconds: 7...12, from: start),
            footage: ScriptedFootage([])
        )
        #expect(longer.id == first.id && longer.window.duration == .seconds(12))
        await next.shutDown()
    }

    @Test("Who waits for a clip is told of its end, or let go when the program ends")
    func waiting() async throws {
        let archive = try storage.open()
        let footage = ScriptedFootage([])
        let id = try await archive.trigger(
            trigger(.separate, seconds: 0...5, from: .soon),
            footage: footage
        ).id
        #expect(try await archive.clip(id, finishedWithin: .milliseconds(1)).status == .recording)
        async let end = archive.clip(id, finishedWithin: .seconds(3600))
        await footage.end()
        #expect(try await end.status == .failed)
        let other = try await archive.trigger(
            trigger(.separate, seconds: 0...5, from: .soon),
            footage: ScriptedFootage([])
        ).id
        async let released = archive.clip(other, finishedWithin: .seconds(3600))
        archive.close()
        #expect(try await released.status == .recording)
        await archive.shutDown()
    }

    private func together(
        _ work: @escaping @Sendable (Int) async throws -> String
    ) async -> [Result<String, any Error>] {
        await withTaskGroup(of: Result<String, any Error>.self) { group in
            for number in 0..<20 {
                group.addTask {
                    do {
                        return .success(try await work(number))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }
}
