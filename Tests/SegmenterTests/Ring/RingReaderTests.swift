import TestSupport
import Testing

@testable import Segmenter

@Suite("Ring reader")
struct RingReaderTests {
    private let ring = Ring(bufferDuration: .seconds(10), executor: QueueExecutor(label: "ring"))
    private let footage: FootagePile

    init() throws {
        footage = try FootagePile(startingAt: .now() + .seconds(1000))
    }

    private func fill(_ count: Int) async throws {
        for _ in 0..<count { await ring.append(try footage.segment()) }
    }

    private func moment(_ seconds: Double) -> Timestamp {
        footage.start + .seconds(seconds)
    }

    @Test(
        "Begins with the segment that is shown at its moment",
        arguments: [(-5.0, 0), (0, 0), (1.9, 0), (2, 1), (5, 2), (7.9, 3)]
    )
    func start(_ seconds: Double, _ first: Int) async throws {
        try await fill(4)
        let reader = await ring.reader(from: moment(seconds))
        #expect(await reader.available().first?.sequence == first)
        await reader.close()
    }

    @Test("Waits for a moment that is still to come")
    func future() async throws {
        try await fill(2)
        let reader = await ring.reader(from: moment(7))
        #expect(await reader.available().isEmpty)
        try await fill(3)
        #expect(await reader.available().map(\.sequence) == [3, 4])
        await reader.close()
    }

    @Test("Gives again what was not released, and what was never again")
    func release() async throws {
        try await fill(3)
        let reader = await ring.reader(from: footage.start)
        let first = await reader.next()
        #expect(first.map(\.sequence) == [0, 1, 2])
        #expect(await reader.next() == first)
        await reader.release(through: first[1])
        #expect(await reader.next().map(\.sequence) == [2])
        await reader.close()
    }

    @Test("Several readers get every segment once and in order, whatever their pace")
    func nothingSkippedOrDoubled() async throws {
        let count = 300
        let readers = await [
            ring.reader(from: footage.start), ring.reader(from: footage.start),
            ring.reader(from: moment(100)),
        ]
        async let read = withTaskGroup(of: [Int].self) { group in
            for (pace, reader) in readers.enumerated() {
                group.addTask {
                    await Self.readAll(from: reader, through: count - 1, atOnce: pace + 1)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        try await fill(count)
        let sequences = await read.sorted { $0.count > $1.count }
        #expect(sequences == [Array(0..<count), Array(0..<count), Array(50..<count)])
    }

    /// Reads through one segment number, and releases no more than so many segments in one go.
    private static func readAll(
        from reader: RingReader,
        through last: Int,
        atOnce: Int
    ) async -> [Int] {
        var sequences: [Int] = []
        while sequences.last != last {
            let batch = await reader.next().prefix(atOnce)
            guard let newest = batch.last else { break }
            sequences += batch.map(\.sequence)
            await reader.release(through: newest)
        }
        await reader.close()
        return sequences
    }

    @Test("The ring's end delivers what lies ready, then nothing")
    func ringCloses() async throws {
        try await fill(2)
        let reader = await ring.reader(from: footage.start)
        await ring.close()
        let ready = await reader.next()
        #expect(ready.map(\.sequence) == [0, 1])
        await reader.release(through: ready[1])
        #expect(await reader.next().isEmpty)
    }

    /// How a waiting reader is let go.
    enum Release: CaseIterable {
        case closingReader
        case closingRing
        case cancelling
    }

    @Test("A waiting reader does not hang", arguments: Release.allCases)
    func letGo(_ release: Release) async throws {
        let reader = await ring.reader(from: footage.start)
        let waiting = Task { await reader.next() }
        switch release {
        case .closingReader: await reader.close()
        case .closingRing: await ring.close()
        case .cancelling: waiting.cancel()
        }
        #expect(await waiting.value.isEmpty)
        #expect(await reader.available().isEmpty)
    }

    @Test("A closed reader gives nothing, however often it is asked or closed")
    func closed() async throws {
        try await fill(2)
        let reader = await ring.reader(from: footage.start)
        await reader.close()
        await reader.close()
        #expect(await reader.available().isEmpty)
        #expect(await reader.next().isEmpty)
    }

    @Test("What is open is available as far as it is there, and comes again when it has grown")
    func open() async throws {
        try await fill(2)
        let reader = await ring.reader(from: moment(3), to: moment(20))
        await ring.update(open: try footage.open(for: .milliseconds(600)))
        let ready = await reader.available()
        #expect(ready.map(\.sequence) == [1, 2])
        #expect(ready.map(\.isOpen) == [false, true])
        await reader.release(through: ready[1])
        await ring.update(open: try footage.open(for: .milliseconds(800)))
        #expect(await reader.available().map(\.duration) == [.milliseconds(800)])
        // It is not waited for: it closes before the reader's end.
        async let next = reader.next()
        try await fill(1)
        #expect(await next.map(\.isOpen) == [false])
        #expect(await next.map(\.sequence) == [2])
        await reader.close()
    }

    @Test("A waiting reader gets what is open as soon as a frame after its end may be there")
    func openToTheEnd() async throws {
        try await fill(1)
        let reader = await ring.reader(from: moment(2), to: moment(3))
        let waiting = Task { await reader.next() }
        for milliseconds in [800, 1000, 1039, 1040, 1200] {
            await ring.update(open: try footage.open(for: .milliseconds(milliseconds)))
        }
        #expect(await waiting.value.map(\.duration) == [.milliseconds(1040)])
        await reader.close()
    }

    @Test("A reader whose end has moved on waits for that one")
    func laterEnd() async throws {
        try await fill(1)
        let reader = await ring.reader(from: moment(2), to: moment(3))
        let waiting = Task { await reader.next() }
        await reader.extend(to: moment(3.4))
        for milliseconds in [1040, 1400, 1440] {
            await ring.update(open: try footage.open(for: .milliseconds(milliseconds)))
        }
        #expect(await waiting.value.map(\.duration) == [.milliseconds(1440)])
        await reader.close()
    }

    @Test("A reader without an end waits for segments to close")
    func openWithoutEnd() async throws {
        let reader = await ring.reader(from: footage.start)
        await ring.update(open: try footage.open(for: .seconds(100)))
        async let next = reader.next()
        try await fill(1)
        #expect(await next.map(\.isOpen) == [false])
        await reader.close()
    }

    @Test("Tells why nothing is recorded, until something is")
    func interruption() async throws {
        let reader = await ring.reader(from: footage.start)
        #expect(await reader.interruption == nil)
        await ring.end(run: "run0", directory: footage.folder.path + "/run0", reason: "it slept")
        #expect(await reader.interruption == "it slept")
        await ring.update(open: nil)
        #expect(await reader.interruption == "it slept")
        await ring.update(open: try footage.open(for: .seconds(1)))
        #expect(await reader.interruption == nil)
        await reader.close()
    }
}
