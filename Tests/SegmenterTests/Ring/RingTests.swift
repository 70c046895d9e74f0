import TestSupport
import Testing

@testable import Segmenter

@Suite("Ring")
struct RingTests {
    /// A ring that holds ten seconds, which is five segments.
    private let ring = Ring(bufferDuration: .seconds(10), executor: QueueExecutor(label: "ring"))
    private let footage: FootagePile

    init() throws {
        // So far ahead that nothing is old by itself: these tests say what time it is.
        footage = try FootagePile(startingAt: .now() + .seconds(1000))
    }

    private func fill(_ count: Int, run: String = "run1") async throws {
        for _ in 0..<count { await ring.append(try footage.segment(run: run)) }
    }

    /// So many seconds after the first segment's start.
    private func moment(_ seconds: Int) -> Timestamp {
        footage.start + .seconds(seconds)
    }

    @Test("Keeps segments in order and counts them")
    func order() async throws {
        try await fill(3)
        #expect(await ring.segments.map(\.sequence) == [0, 1, 2])
        #expect(await ring.sequence == 3)
    }

    @Test("Deletes what ended longer ago than it buffers, files and all")
    func prunes() async throws {
        try await fill(8)
        await ring.prune(now: moment(16))
        // The one that ended exactly ten seconds ago stays.
        #expect(await ring.segments.map(\.sequence) == [2, 3, 4, 5, 6, 7])
        #expect(footage.names() == [2, 3, 4, 5, 6, 7])
    }

    @Test("Prunes by itself when a segment is added")
    func prunesWhenAdding() async throws {
        let old = try FootagePile(startingAt: .now() - .seconds(100))
        for _ in 0..<3 { await ring.append(try old.segment()) }
        #expect(await ring.segments.isEmpty)
        #expect(await ring.sequence == 3)
        #expect(old.names() == [])
    }

    @Test("Spares what a reader still needs, and deletes it once released")
    func sparesReaders() async throws {
        try await fill(8)
        let reader = await ring.reader(from: moment(5))
        await ring.prune(now: moment(1000))
        #expect(footage.names() == [2, 3, 4, 5, 6, 7])
        let segments = await reader.available()
        await reader.release(through: segments[2])
        await ring.prune(now: moment(1000))
        #expect(footage.names() == [5, 6, 7])
        await reader.close()
        await ring.prune(now: moment(1000))
        #expect(footage.names() == [])
    }

    @Test("Counts the discontinuities that have left with the segments before them")
    func discontinuities() async throws {
        for run in ["run1", "run2", "run3"] { try await fill(2, run: run) }
        for (now, first, count) in [(10, 0, 0), (13, 1, 0), (15, 2, 1), (19, 4, 2), (100, nil, 2)] {
            await ring.prune(now: moment(now))
            let contents = await ring.contents
            #expect(contents.segments.first?.sequence == first)
            #expect(contents.discontinuities == count)
        }
        // One comes, too, where the ring was empty meanwhile.
        try await fill(1, run: "run4")
        #expect(await ring.contents.discontinuities == 3)
    }

    @Test("The slowest of several readers decides")
    func slowestReader() async throws {
        try await fill(5)
        let early = await ring.reader(from: moment(2))
        let late = await ring.reader(from: moment(8))
        await ring.prune(now: moment(1000))
        #expect(footage.names() == [1, 2, 3, 4])
        await early.close()
        await ring.prune(now: moment(1000))
        #expect(footage.names() == [4])
        await late.close()
    }

    @Test("Removes the directory of an ended run with its last segment, never the current run's")
    func runDirectories() async throws {
        await ring.begin(run: "run1")
        try await fill(2)
        await ring.prune(now: moment(1000))
        #expect(Directory.names(footage.folder.path) == ["run1"])
        try await fill(1)
        await ring.end(run: "run1", directory: footage.folder.path + "/run1", reason: nil)
        #expect(Directory.names(footage.folder.path) == ["run1"])
        await ring.begin(run: "run2")
        try await fill(1, run: "run2")
        await ring.prune(now: moment(1000))
        #expect(Directory.names(footage.folder.path) == ["run2"])
    }

    @Test("Removes the directory of a run that gave nothing as soon as it ends")
    func emptyRun() async throws {
        await ring.begin(run: "run1")
        let directory = footage.folder.path + "/run1"
        try Directory.create(directory)
        await ring.end(run: "run1", directory: directory, reason: "gone")
        #expect(await ring.interruption == "gone")
        #expect(Directory.names(footage.folder.path) == [])
    }

    @Test("The newest segments are told with their parts, the last while it grows")
    func newest() async throws {
        try await fill(5)
        await ring.update(open: try footage.open(for: .seconds(1)))
        let contents = await ring.contents
        #expect(contents.segments.map(\.sequence) == [0, 1, 2, 3, 4])
        #expect(contents.edge.newest.map(\.segment.sequence) == [2, 3, 4, 5])
        #expect(contents.edge.newest.map(\.segment.isOpen) == [false, false, false, true])
        #expect(await ring.segments.map(\.sequence) == [0, 1, 2, 3, 4, 5])
        try await fill(1)
        #expect(await ring.contents.edge.newest.map(\.segment.isOpen) == [false, false, false])
    }

    @Test("A segment that grows longer than the buffer is kept, while older ones go")
    func longerThanBuffer() async throws {
        let old = try FootagePile(startingAt: .now() - .seconds(100))
        let reader = await ring.reader(from: old.start)
        await ring.append(try old.segment())
        await reader.close()
        await ring.update(open: try old.open(for: .seconds(60)))
        #expect(await ring.segments.map(\.duration) == [.seconds(60)])
        // Its file, and the older one's no more.
        #expect(old.names() == [1])
    }
}
