import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Clip table")
struct ClipTableTests {
    private let folder: TemporaryFolder
    private let path: String
    private let table: ClipTable

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path + "/test.db"
        table = try ClipTable(path: path, mode: .readWrite)
    }

    /// Clips a second apart, oldest first.
    private func insert(_ count: Int, status: Clip.Status = .ready) async throws -> [Clip] {
        var clips: [Clip] = []
        for second in 0..<count {
            let clip = Clip.example(at: .event + .seconds(second), status: status)
            try await table.insert(clip)
            clips.append(clip)
        }
        return clips
    }

    @Test("A clip comes back as it went in", arguments: [Clip.example(), Clip.fullExample()])
    func insertAndGet(_ clip: Clip) async throws {
        try await table.insert(clip)
        #expect(try await table.clip(clip.id) == clip)
        #expect(try await table.clip("other") == nil)
    }

    @Test("A label with a NUL in it comes back whole")
    func nul() async throws {
        var clip = Clip.example()
        clip.label = "a\0b"
        try await table.insert(clip)
        #expect(try await table.clip(clip.id)?.label == "a\0b")
    }

    @Test("A clip is written anew as a whole, and only that one")
    func update() async throws {
        let other = Clip.example()
        try await table.insert(other)
        var clip = Clip.fullExample()
        try await table.insert(clip)
        clip.status = .failed
        clip.size = nil
        clip.metadata = nil
        try await table.update(clip)
        #expect(try await table.clip(clip.id) == clip)
        #expect(try await table.clip(other.id) == other)
    }

    @Test("To write a removed clip anew does not bring it back")
    func updateRemoved() async throws {
        let clip = Clip.example()
        try await table.insert(clip)
        try await table.remove(clip.id)
        try await table.update(clip)
        #expect(try await table.count() == 0)
    }

    @Test("Each change is told of when it is committed, and of a deleted clip no more")
    func changes() async throws {
        let changes = Lines()
        let table = try ClipTable(path: path, mode: .readWrite) { change in
            switch change {
            case .written(let clip): changes.add("\(clip.id) \(clip.status)")
            case .deleted(let id): changes.add("\(id) deleted")
            }
        }
        var clip = Clip.example(at: .event, status: .recording)
        try await table.insert(clip)
        await #expect(throws: ArchiveError.self) { try await table.insert(clip) }
        clip.status = .ready
        try await table.update(clip)
        #expect(try await table.markDeleted(clip.id))
        #expect(try await !table.markDeleted(clip.id))
        try await table.update(clip)
        try await table.remove(clip.id)
        let told = ["recording", "ready", "deleted"].map { "\(clip.id) \($0)" }
        #expect(changes.all == told)
    }

    @Test("No two clips have one id")
    func duplicate() async throws {
        let clip = Clip.example()
        try await table.insert(clip)
        let error = await #expect(throws: ArchiveError.self) { try await table.insert(clip) }
        #expect(error == .database(code: 19, message: "UNIQUE constraint failed: clip.id"))
    }

    @Test("Lists the newest event first, though it was not the last to be stored")
    func newestFirst() async throws {
        let late = Clip.example(at: .event + .seconds(9))
        let early = Clip.example(at: .event)
        for clip in [late, early] { try await table.insert(clip) }
        #expect(try await table.clips(limit: 10).map(\.id) == [late.id, early.id])
        #expect(try await table.clips(limit: 1).map(\.id) == [late.id])
        #expect(try await table.clips(limit: 0).isEmpty)
    }

    @Test("Pages meet without a gap or a repetition, also among clips of one moment")
    func paging() async throws {
        var stored: [Clip] = []
        for number in 0..<25 {
            stored.append(.example(at: .event + .seconds(number / 10)))
            try await table.insert(stored[number])
        }
        var pages: [ClipPage] = []
        repeat {
            pages.append(
                try await table.clips(matching: ClipQuery(), after: pages.last?.next, limit: 4)
            )
        } while pages.last?.next != nil
        let all = try await table.clips(limit: 100)
        #expect(pages.map(\.clips.count) == [4, 4, 4, 4, 4, 4, 1])
        #expect(pages.flatMap(\.clips) == all)
        // Of one moment, the one that was stored last comes first.
        #expect(all == stored.reversed())
    }

    @Test("A page begins where the last one ended although clips have come and gone meanwhile")
    func pagingInMotion() async throws {
        let clips = try await insert(6)
        let first = try await table.clips(matching: ClipQuery(), limit: 3)
        try await table.insert(.example(at: .event + .seconds(99)))
        _ = try await table.markDeleted(first.clips[2].id)
        let second = try await table.clips(matching: ClipQuery(), after: first.next, limit: 3)
        #expect(second.next == nil)
        #expect(second.clips.map(\.id) == clips.prefix(3).reversed().map(\.id))
    }

    @Test("A clip marked as deleted is in no list, and is marked once")
    func markDeleted() async throws {
        let clip = try await insert(2)[0]
        #expect(try await table.markDeleted(clip.id))
        #expect(try await !table.markDeleted(clip.id))
        #expect(try await !table.markDeleted("other"))
        #expect(try await table.clip(clip.id) == nil)
        #expect(try await table.clips(limit: 9).count == 1)
        #expect(try await table.count() == 1)
        #expect(try await table.deleted() == [clip])
        try await table.remove(clip.id)
        #expect(try await table.deleted().isEmpty)
    }

    @Test("What is recording or processing is unfinished, oldest first")
    func unfinished() async throws {
        let recording = Clip.example(at: .event + .seconds(2), status: .recording)
        let processing = Clip.example(at: .event + .seconds(1), status: .processing)
        let deleted = Clip.example(at: .event, status: .recording)
        for clip in [recording, processing, deleted] { try await table.insert(clip) }
        for status in [Clip.Status.ready, .failed] {
            try await table.insert(.example(status: status))
        }
        _ = try await table.markDeleted(deleted.id)
        #expect(try await table.unfinished().map(\.id) == [processing.id, recording.id])
    }

    @Test("What was committed is there when the database is opened again")
    func reopening() async throws {
        let clip = Clip.fullExample()
        try await table.insert(clip)
        let again = try ClipTable(path: path, mode: .readWrite)
        #expect(try await again.clip(clip.id) == clip)
        let reader = try ClipTable(path: path, mode: .readOnly)
        #expect(try await reader.clip(clip.id) == clip)
    }

    @Test("A damaged row is an error, no crash and no half a clip")
    func damaged() async throws {
        let clip = Clip.example()
        try await table.insert(clip)
        let database = try Database(path: path, mode: .readWrite)
        try database.run("UPDATE clip SET coverage = '{'")
        await #expect(throws: ArchiveError.self) { try await table.clip(clip.id) }
        try database.run(
            "UPDATE clip SET coverage = '{\"complete\":true,\"gaps\":[]}', status = 'x'"
        )
        await #expect(throws: ArchiveError.self) { try await table.clip(clip.id) }
    }
}
