import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Clip table: requests and their keys")
struct ClipTableIdempotencyTests {
    private let folder: TemporaryFolder
    private let changes = Lines()
    private static let day = Duration.seconds(24 * 3600)

    init() throws {
        folder = try TemporaryFolder()
    }

    private func open() throws -> ClipTable {
        try ClipTable(path: folder.path + "/test.db", mode: .readWrite) { [changes] change in
            if case .written(let clip) = change { changes.add(clip.id) }
        }
    }

    private func answer(incident: String? = nil) -> TriggerAnswer {
        TriggerAnswer(
            incident: incident,
            timestamp: .event,
            clips: [],
            refused: [.init(camera: "gate", detail: "it is \"down\"")]
        )
    }

    private let key = IdempotencyKey(text: "a key", body: #"{"after":5}"#)

    @Test("A key's answer is that of its clips as they are now, in the next life too")
    func replayed() async throws {
        var clip = Clip.example()
        let table = try open()
        let given = try await table.accept(
            [.new(clip)],
            answering: answer(incident: "i"),
            key: key,
            at: .event
        )
        #expect(given.clips == [clip] && !given.isReplayed)
        #expect(changes.all == [clip.id])
        clip.status = .ready
        try await table.update(clip)
        await table.close()

        let next = try open()
        let known = try #require(try await next.answer(for: key, at: .event + Self.day / 2))
        #expect(known.clips == [clip])
        #expect(known.isReplayed && known.incident == "i" && known.timestamp == .event)
        #expect(known.refused == given.refused)
        #expect(try await next.markDeleted(clip.id))
        #expect(try await next.answer(for: key, at: .event)?.clips == [])
    }

    @Test("Another body under the same key is refused; another key is another request")
    func bodies() async throws {
        let table = try open()
        _ = try await table.accept([.new(.example())], answering: answer(), key: key, at: .event)
        await #expect(throws: ArchiveError.keyReused) {
            try await table.answer(for: IdempotencyKey(text: key.text, body: "{}"), at: .event)
        }
        let other = IdempotencyKey(text: "A key", body: key.body)
        #expect(try await table.answer(for: other, at: .event) == nil)
    }

    @Test("After a day a key is free again, and gone from the disk with the next one")
    func forgotten() async throws {
        let table = try open()
        _ = try await table.accept([.new(.example())], answering: answer(), key: key, at: .event)
        let last = Timestamp.event + Self.day - .milliseconds(1)
        #expect(try await table.answer(for: key, at: last) != nil)
        let free = Timestamp.event + Self.day
        #expect(try await table.answer(for: key, at: free) == nil)
        let changed = IdempotencyKey(text: key.text, body: "{}")
        #expect(try await table.answer(for: changed, at: free) == nil)
        let clip = Clip.example(at: free)
        _ = try await table.accept([.new(clip)], answering: answer(), key: changed, at: free)
        #expect(try await table.answer(for: changed, at: free)?.clips == [clip])
        let database = try Database(path: folder.path + "/test.db", mode: .readOnly)
        #expect(try database.query("SELECT key FROM idempotency_key") { $0.text(0) } == [key.text])
    }

    @Test("A clip that was lengthened keeps what else was written of it meanwhile")
    func lengthened() async throws {
        let table = try open()
        let clip = Clip.example()
        try await table.insert(clip)
        var longer = clip
        longer.requestedEnd = clip.requestedEnd + .seconds(5)
        longer.label = "later"
        longer.metadata = .object(["n": .integer(1)])
        var written = clip
        written.status = .processing
        written.note = "its own"
        try await table.update(written)
        let given = try await table.accept(
            [.lengthened(longer)],
            answering: answer(),
            key: nil,
            at: .event
        )
        longer.status = .processing
        longer.note = "its own"
        #expect(given.clips == [longer])
        #expect(try await table.clip(clip.id) == longer)
    }

    @Test("When a clip to be lengthened is gone nothing of the request is written, nor told")
    func allOrNothing() async throws {
        let table = try open()
        let (gone, new) = (Clip.example(), Clip.example())
        await #expect(throws: ArchiveError.notFound) {
            try await table.accept(
                [.new(new), .lengthened(gone)],
                answering: answer(),
                key: key,
                at: .event
            )
        }
        #expect(try await table.clip(new.id) == nil)
        #expect(try await table.answer(for: key, at: .event) == nil)
        #expect(changes.all.isEmpty)
    }
}
