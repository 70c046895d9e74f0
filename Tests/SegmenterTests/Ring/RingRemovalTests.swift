import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("Changing and removing a ring")
struct RingRemovalTests {
    private let ring = Ring(bufferDuration: .seconds(10), executor: QueueExecutor(label: "ring"))
    private let footage: FootagePile

    init() throws {
        footage = try FootagePile(startingAt: .now() - .seconds(8))
    }

    @Test("A shorter buffer lets go at once what is too old for it")
    func shorter() async throws {
        for _ in 0..<4 { await ring.append(try footage.segment()) }
        #expect(footage.names().count == 4)
        await ring.setBufferDuration(.seconds(3))
        #expect(footage.names().count == 2)
    }

    @Test("What a reader still needs stays until it closes; then nothing is left")
    func removal() async throws {
        for run in ["run1", "run2"] { await ring.append(try footage.segment(run: run)) }
        let readers = [
            await ring.reader(from: footage.start), await ring.reader(from: footage.start),
        ]
        await ring.close()
        let removal = Task { [ring] in await ring.removeAll() }
        #expect(await readers[0].next().count == 2)
        await readers[0].close()
        #expect(footage.names().count == 1 && footage.names(run: "run2").count == 1)
        await readers[1].close()
        await removal.value
        #expect(Directory.names(footage.folder.path).isEmpty)
        #expect(await ring.segments.isEmpty)
    }

    @Test("A closed ring opens again with the next run")
    func reopened() async throws {
        await ring.close()
        await ring.begin(run: "run1")
        let reader = await ring.reader(from: footage.start)
        let segments = Task { await reader.next() }
        await ring.append(try footage.segment())
        #expect(await segments.value.count == 1)
        await reader.close()
    }
}
