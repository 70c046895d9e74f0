import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Table of clips: space")
struct ClipTableSpaceTests {
    private let folder: TemporaryFolder
    private let path: String
    private let table: ClipTable

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path + "/test.db"
        table = try ClipTable(path: path, mode: .readWrite)
    }

    private func insert(_ count: Int, status: Clip.Status = .ready) async throws -> [Clip] {
        var clips: [Clip] = []
        for number in 0..<count {
            clips.append(.example(at: .event + .seconds(number), status: status))
            try await table.insert(clips[number])
        }
        return clips
    }

    private func tally() async throws -> SpaceTally? { try await table.tallies()["yard"] }

    @Test("Sums follow every change of a clip, from its beginning to its end")
    func sums() async throws {
        #expect(try await table.tallies().isEmpty)
        var clips = try await insert(2, status: .recording)
        #expect(try await tally() == SpaceTally())
        for index in clips.indices {
            clips[index].status = .ready
            try await table.update(clips[index])
        }
        #expect(try await tally() == SpaceTally(clips: 2))
        try await table.join(clips[0].id, bytes: 100, .init())
        try await table.join(clips[1].id, bytes: 50, .init(ownShared: 20, held: 20))
        #expect(try await tally() == SpaceTally(clips: 2, apparent: 150, real: 130))
        // A second time counts for nothing.
        try await table.join(clips[1].id, bytes: 99, .init())
        #expect(try await tally() == SpaceTally(clips: 2, apparent: 150, real: 130))
        // Locked ones take their room, but are not among those that may go.
        clips[0].locked = true
        try await table.update(clips[0])
        #expect(try await tally() == SpaceTally(clips: 1, apparent: 150, real: 130))
        await #expect(throws: ArchiveError.locked) { try await table.markDeleted(clips[0].id) }
        clips[0].locked = false
        try await table.update(clips[0])
        // What the first answered for, the second does from now on.
        #expect(
            try await table.markDeleted(clips[0].id, .init(held: 20, relieved: [clips[1].id: 20]))
        )
        #expect(try await tally() == SpaceTally(clips: 1, apparent: 50, real: 50))
        try await table.remove(clips[0].id)
        #expect(try await tally() == SpaceTally(clips: 1, apparent: 50, real: 50))
        try await table.remove(clips[1].id)
        #expect(try await tally() == SpaceTally())
    }

    @Test("A clip that is deleted meanwhile is not counted in, nor what it would change")
    func deletedMeanwhile() async throws {
        let clips = try await insert(2)
        try await table.join(clips[1].id, bytes: 50, .init())
        #expect(try await table.markDeleted(clips[0].id))
        try await table.join(clips[0].id, bytes: 100, .init(relieved: [clips[1].id: 50]))
        #expect(try await tally() == SpaceTally(clips: 1, apparent: 50, real: 50))
    }

    @Test(
        "Retention chooses among finished, unlocked clips, oldest first, of all and of one camera"
    )
    func holdings() async throws {
        let clips = try await insert(4)
        try await table.insert(.example(at: .event - .seconds(1), status: .ready, locked: true))
        try await table.insert(.example(at: .event - .seconds(2), status: .recording))
        try await table.insert(.fullExample())
        try await table.join(clips[0].id, bytes: 70, .init(ownShared: 30, held: 30))
        let all = try await table.holdings([], limit: 3)
        #expect(all.clips.map(\.id) == clips.prefix(3).map(\.id))
        #expect(all.clips.map(\.bytes) == [40, 0, 0])
        let few = try await table.holdings(["yard", "front-door"], limit: 1)
        #expect(few.clips.map(\.id) == [clips[0].id])
        #expect(few.tallies.keys.sorted() == ["front-door", "yard"])
    }

    @Test("Neighbours are the counted clips of the camera whose window comes near")
    func counted() async throws {
        let clips = try await insert(3)
        for clip in clips.prefix(2) { try await table.join(clip.id, bytes: 1, .init()) }
        func found(from start: Int, to end: Int) async throws -> [String] {
            let window = ClipWindow(start: .event + .seconds(start), end: .event + .seconds(end))
            return try await table.counted(of: "yard", in: window).map(\.id).sorted()
        }
        #expect(try await found(from: -10, to: 10) == clips.prefix(2).map(\.id).sorted())
        // Each reaches from three seconds before its event to two after.
        #expect(try await found(from: 2, to: 10) == [clips[1].id])
        #expect(try await found(from: -10, to: -2) == [clips[0].id])
        #expect(try await table.uncounted(limit: 9).map(\.id) == [clips[2].id])
    }

    @Test(
        "Each question is answered along an index",
        arguments: [
            (ClipTable.expendable, "clip_expendable"),
            (ClipTable.expendableOfCamera, "clip_expendable_of_camera"),
            (ClipTable.counted, "clip_window"), (ClipTable.uncounted, "clip_uncounted"),
        ]
    )
    func plan(sql: String, index: String) throws {
        let database = try Database(path: path, mode: .readOnly)
        let plan = try database.query("EXPLAIN QUERY PLAN " + sql) { $0.text(3) ?? "" }
        #expect(plan.count == 1, "\(plan)")
        #expect(plan[0].contains("INDEX \(index)"), "\(plan)")
    }

    @Test("An older database's clips are known, and still to be counted in")
    func upgrade() async throws {
        let older = folder.path + "/older.db"
        let clips = [Clip.example(status: .ready), .example(status: .recording), .fullExample()]
        try FirstDatabase.make(older, holding: clips).close()
        let table = try ClipTable(path: older, mode: .readWrite)
        let tallies = try await table.tallies()
        #expect(tallies == ["yard": SpaceTally(clips: 1), "front-door": SpaceTally()])
        #expect(try await table.uncounted(limit: 9).count == 2)
    }
}
