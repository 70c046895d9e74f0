import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Clip archive: several cameras, and requests sent twice", .timeLimit(.minutes(2)))
struct ClipArchiveIncidentTests {
    private let storage: Storage
    private let archive: ClipArchive
    private let start = Timestamp.soon

    init() throws {
        storage = try Storage()
        archive = try storage.open()
    }

    private func order(
        _ camera: String,
        _ overlap: Overlap = .separate,
        footage: ScriptedFootage = ScriptedFootage([])
    ) -> TriggerRequest.Order {
        let trigger = Trigger(
            camera: camera,
            at: start,
            before: .zero,
            after: .seconds(5),
            overlap: overlap,
            incident: "i"
        )
        return .init(trigger, footage: footage)
    }

    private func openDatabase() throws -> Database {
        try Database(path: storage.folder.path + "/database.db", mode: .readWrite)
    }

    @Test("Of several cameras those that can serve do, and the others are named")
    func partly() async throws {
        let running = try await archive.trigger(TriggerRequest([order("gate")])).clips[0]
        let request = TriggerRequest(
            [order("yard"), order("gate", .reject), order("hall", .extend)],
            refusals: [.init(camera: "roof", detail: "down")],
            explain: { error in "because \(error)" }
        )
        let answer = try await archive.trigger(request)
        #expect(answer.clips.map(\.camera) == ["yard", "hall"])
        #expect(answer.clips.map(\.incident) == ["i", "i"])
        let words = "because clip \(running.id) of this camera is still being recorded"
        #expect(
            answer.refused == [
                .init(camera: "roof", detail: "down"), .init(camera: "gate", detail: words),
            ]
        )
        await archive.shutDown()
    }

    @Test("When one row of an incident cannot be written none is, and nothing stays behind")
    func atomic() async throws {
        let database = try openDatabase()
        try database.execute(
            """
            CREATE TRIGGER no BEFORE INSERT ON clip WHEN NEW.camera = 'gate'
            BEGIN SELECT RAISE(ABORT, 'no gate'); END
            """
        )
        let key = IdempotencyKey(text: "k", body: "{}")
        let footages = [ScriptedFootage([]), ScriptedFootage([])]
        let request = TriggerRequest(
            [order("yard", footage: footages[0]), order("gate", footage: footages[1])],
            key: key
        )
        await #expect(throws: ArchiveError.database(code: 19, message: "no gate")) {
            try await archive.trigger(request)
        }
        for footage in footages { #expect(await footage.isClosed) }
        #expect(ClipFolder(path: storage.layout.stagingRoot).names.isEmpty)
        #expect(try database.query("SELECT id FROM clip") { $0.text(0) }.isEmpty)

        // A request that was refused may be sent again under its key.
        try database.execute("DROP TRIGGER no")
        let answer = try await archive.once(key) {
            try await archive.trigger(TriggerRequest([order("yard"), order("gate")], key: key))
        }
        #expect(answer.clips.count == 2 && !answer.isReplayed)
        await archive.shutDown()
    }

    @Test("Twenty requests at once under one key make one clip, now and after a restart")
    func sameKey() async throws {
        let key = IdempotencyKey(text: "k", body: "{}")
        let answers = try await withThrowingTaskGroup { group in
            for _ in 0..<20 {
                group.addTask { try await send(key, to: archive) }
            }
            return try await group.reduce(into: [TriggerAnswer]()) { $0.append($1) }
        }
        #expect(Set(answers.flatMap { $0.clips.map(\.id) }).count == 1)
        #expect(answers.count { $0.isReplayed } == 19)
        await archive.shutDown()
        await archive.closeDatabase()
        let next = try storage.open()
        let again = try await send(key, to: next)
        #expect(again.isReplayed && again.clips.map(\.id) == answers[0].clips.map(\.id))
        await #expect(throws: ArchiveError.keyReused) {
            try await send(IdempotencyKey(text: "k", body: "[]"), to: next)
        }
        await next.shutDown()
    }

    private func send(
        _ key: IdempotencyKey,
        to archive: ClipArchive
    ) async throws -> TriggerAnswer {
        try await archive.once(key) {
            try await archive.trigger(TriggerRequest([order("yard")], key: key))
        }
    }
}
