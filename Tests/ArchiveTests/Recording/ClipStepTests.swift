import Synchronization
import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

/// Clips of windows in which somebody sets the system's clock.
@Suite("Clips, when the clock is set", .timeLimit(.minutes(3)))
struct ClipStepTests {
    /// By how much the wall clock has been set.
    private final class Step: Sendable {
        let value = Mutex(Duration.zero)
        var wall: Timestamp { .now() + value.withLock { $0 } }
        func set(by step: Duration) { value.withLock { $0 += step } }
    }

    private struct RingFootage: Footage {
        let reader: RingReader
        func available() async -> [Segment] { await reader.available() }
        func next() async -> [Segment] { await reader.next() }
        func release(through segment: Segment) async { await reader.release(through: segment) }
        var interruption: String? { get async { await reader.interruption } }
        var lag: Duration { get async { await reader.lag } }
        func close() async { await reader.close() }
    }

    private let storage: Storage
    private let recording: Recording
    private let ring: Ring
    private let step = Step()

    init() async throws {
        storage = try Storage()
        let clock = SystemClock(realTime: { [step] in step.wall })
        recording = try await Recording(
            from: clock.now.wallTime(shift: .zero).wholeMilliseconds
        )
        ring = Ring(
            bufferDuration: .seconds(600),
            executor: QueueExecutor(label: "ring"),
            clock: clock
        )
    }

    private static let steps: [Duration] = [.seconds(3600), .seconds(-3600), .milliseconds(500)]

    private func append(_ segment: Segment) async {
        await ring.append(SteadyPartedSegment(segment: segment.onSteadyTime, parts: []))
    }

    /// A clip of seconds 1.5 to 5.5, of which 4 are there when it is asked for.
    ///
    /// - Parameter timeline: how far wall time is ahead for whoever asks.
    private func clip(_ timeline: Duration, _ archive: ClipArchive) async throws -> String {
        let moment = timeline + .milliseconds(3500)
        let trigger = Trigger.example(recording, at: moment)
        let footage = RingFootage(reader: await ring.reader(from: trigger.window.start))
        return try await archive.trigger(trigger, footage: footage).id
    }

    /// Expects that the clip has each frame of its window once, and says when they were.
    private func expectWhole(_ clip: Clip, _ timeline: Duration) async throws {
        #expect(clip.status == .ready && clip.coverage.complete, "\(clip.error ?? "")")
        #expect(clip.start == recording.start + timeline + .milliseconds(1480))
        #expect(clip.duration == 4)
        let shown = ClipWindow(
            start: clip.requestedStart - timeline,
            end: clip.requestedEnd - timeline
        )
        let hashes = try await frameHashes(of: recording.source)
        let expected = Array(hashes[recording.frames(showing: shown)])
        #expect(try await frameHashes(of: storage.video(clip)) == expected)
    }

    @Test("One under way keeps its timeline and has each frame once", arguments: steps)
    func underWay(_ change: Duration) async throws {
        let archive = try storage.open()
        for segment in recording.segments.prefix(4) { await append(segment) }
        let id = try await clip(.zero, archive)
        step.set(by: change)
        for segment in recording.segments.dropFirst(4) { await append(segment) }
        try await expectWhole(try await archive.finished(id), .zero)
        await archive.shutDown()
    }

    @Test("One asked for right after has all from before the step, dated anew", arguments: steps)
    func rightAfter(_ change: Duration) async throws {
        let archive = try storage.open()
        for segment in recording.segments.prefix(4) { await append(segment) }
        step.set(by: change)
        let id = try await clip(change, archive)
        for segment in recording.segments.dropFirst(4) { await append(segment) }
        try await expectWhole(try await archive.finished(id), change)
        await archive.shutDown()
    }
}
