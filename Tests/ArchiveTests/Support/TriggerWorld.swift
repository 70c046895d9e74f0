import Foundation
import Synchronization
import TestSupport

@testable import Archive
@testable import Segmenter

/// An archive and a model of its rules, to which the same random things happen.
final class TriggerWorld {
    private static let cameras = ["attic", "gate", "hall", "roof", "yard"]
    /// More than these are not recorded at a time.
    private static let mostRecordings = 6

    private let memory: OtherFileSystem?
    private let folder: TemporaryFolder
    private var archive: ClipArchive
    private var model = TriggerModel()
    private var random: SplitMix64
    /// Seconds of the model's axis.
    private var time = 0
    /// Where that axis begins: far enough ahead that no window ends while the test runs.
    private let zero = Timestamp.soon + .seconds(200 * 86_400)
    /// Of each clip that is being recorded.
    private var footages: [String: ScriptedFootage] = [:]
    private var sent: [(wish: TriggerModel.Wish, key: String)] = []
    private var deleted: [String] = []
    /// What kinds of things have happened.
    private(set) var seen: Set<String> = []

    init(seed: UInt64) throws {
        // What is synced thousands of times is better kept in memory.
        memory = OtherFileSystem.isThere ? try OtherFileSystem() : nil
        folder = try TemporaryFolder()
        random = SplitMix64(seed: seed)
        archive = try Self.open(memory?.path ?? folder.path)
    }

    private var root: String { memory?.path ?? folder.path }
    private var now: Timestamp { zero + .seconds(time) }

    private static func open(_ root: String) throws -> ClipArchive {
        try ClipArchive(
            root: root,
            databasePath: root + "/database.db",
            ffmpeg: try FFmpeg(),
            maxClipDuration: .seconds(TriggerModel.longest),
            report: { _ in }
        )
    }

    func step() async throws {
        time += number(0...20)
        if footages.count > Self.mostRecordings { return try await finish() }
        switch number(0...999) {
        case 0..<5: try await restart()
        case 5..<20: time += number(0...50_000)
        case 20..<80: try await delete()
        case 80..<200: try await finish()
        default: try await request()
        }
    }

    private func number(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &random)
    }

    // MARK: - Requests

    private func request() async throws {
        var wish = someWish()
        var key = number(0...1) == 0 ? nil : "key \(number(0...59))"
        if number(0...3) == 0, let again = sent.suffix(30).randomElement(using: &random) {
            (wish, key) = (again.wish, again.key)
        }
        if let key { sent.append((wish, key)) }
        let fresh = wish.cameras.map { (camera: $0, footage: ScriptedFootage([])) }
        let answer: TriggerAnswer?
        var failure: ArchiveError?
        do {
            answer = try await send(wish, key, fresh.map(\.footage))
        } catch let error as ArchiveError {
            (answer, failure) = (nil, error)
        }
        if let key, let memory = model.memory(of: key, for: wish, at: time) {
            try checkReplay(answer, failure, of: memory)
        } else {
            try await checkAcceptance(answer, failure, of: wish, key, fresh)
        }
    }

    private func someWish() -> TriggerModel.Wish {
        let start = time + number(-60...30)
        return TriggerModel.Wish(
            cameras: Array(Self.cameras.shuffled(using: &random).prefix(max(1, number(-3...3)))),
            overlap: TriggerModel.Wish.Overlap.allCases[number(0...2)],
            start: start,
            end: start + number(1...90),
            label: number(0...2) == 0 ? "label \(number(0...99))" : nil,
            note: number(0...2) == 0 ? "note \(number(0...99))" : nil,
            number: number(0...2) == 0 ? number(0...99) : nil
        )
    }

    private func send(
        _ wish: TriggerModel.Wish,
        _ key: String?,
        _ footages: [ScriptedFootage]
    ) async throws -> TriggerAnswer {
        let key = key.map { IdempotencyKey(text: $0, body: "\(wish)") }
        let orders = zip(wish.cameras, footages).map { camera, footage in
            TriggerRequest.Order(trigger(wish, camera), footage: footage)
        }
        return try await archive.once(key, now: now) {
            try await archive.trigger(TriggerRequest(orders, key: key), now: now)
        }
    }

    private func trigger(_ wish: TriggerModel.Wish, _ camera: String) -> Trigger {
        let overlap: Overlap =
            switch wish.overlap {
            case .separate: .separate
            case .extend: .extend
            case .reject: .reject
            }
        let at = (wish.start + wish.end) / 2
        return Trigger(
            camera: camera,
            at: zero + .seconds(at),
            before: .seconds(at - wish.start),
            after: .seconds(wish.end - at),
            overlap: overlap,
            incident: wish.cameras.count > 1 ? "incident" : nil,
            label: wish.label,
            note: wish.note,
            metadata: wish.number.map { .object(["n": .integer(Int64($0))]) }
        )
    }

    private func checkReplay(
        _ answer: TriggerAnswer?,
        _ failure: ArchiveError?,
        of memory: (isSame: Bool, ids: [String])
    ) throws {
        guard memory.isSame else {
            seen.insert("reused")
            return try expect(failure == .keyReused, "a reused key: \(failure.words)")
        }
        seen.insert("replayed")
        try expect(answer?.isReplayed == true, "no replay: \(failure.words)")
        try expect(answer?.clips.map(\.id) == memory.ids, "other clips than before")
    }

    private func checkAcceptance(
        _ answer: TriggerAnswer?,
        _ failure: ArchiveError?,
        of wish: TriggerModel.Wish,
        _ key: String?,
        _ fresh: [(camera: String, footage: ScriptedFootage)]
    ) async throws {
        let fates = fresh.map { model.fate(of: wish, at: $0.camera) }
        let culprits = fates.compactMap { fate -> String? in
            if case .refused(let id) = fate { id } else { nil }
        }
        guard let answer else {
            seen.insert("refused")
            try expect(culprits.count == fates.count, "refused by \(failure.words)")
            return try expect(failure == .overlapping(id: culprits[0]), failure.words)
        }
        try expect(!answer.isReplayed, "a replay of nothing")
        try expect(
            answer.refused.map(\.detail)
                == culprits.map { ArchiveError.overlapping(id: $0).description },
            "refused: \(answer.refused)"
        )
        if !culprits.isEmpty { seen.insert("partly") }
        var clips = answer.clips[...]
        var accepted: [(camera: String, id: String)] = []
        for ((camera, footage), fate) in zip(fresh, fates) {
            switch fate {
            case .refused: continue
            case .new:
                guard let clip = clips.popFirst() else { throw TestFailure("no clip") }
                try expect(!model.clips.keys.contains(clip.id), "an old clip instead of a new one")
                footages[clip.id] = footage
                accepted.append((camera, clip.id))
                seen.insert("new")
            case .longer(let id):
                try expect(clips.popFirst()?.id == id, "not the clip to be lengthened")
                try expect(await footage.isClosed, "its footage is still open")
                accepted.append((camera, id))
                seen.insert("longer")
            }
        }
        try expect(clips.isEmpty, "too many clips")
        model.accept(wish, as: accepted, key: key, at: time)
    }

    // MARK: - Other happenings

    private func finish() async throws {
        guard let id = footages.keys.sorted().randomElement(using: &random) else { return }
        await footages.removeValue(forKey: id)?.end()
        let clip = try await archive.clip(id, finishedWithin: .seconds(60))
        try expect(clip.status == .failed, "without footage it is \(clip.status)")
        model.finish(id)
    }

    private func delete() async throws {
        guard let id = model.clips.keys.sorted().randomElement(using: &random) else { return }
        try await archive.delete(id)
        footages[id] = nil
        model.delete(id)
        deleted.append(id)
        seen.insert("deleted")
    }

    private func restart() async throws {
        await close()
        archive = try Self.open(root)
        // Those that are taken up are asked for in the order of their ids.
        let ids = footages.keys.sorted()
        let supply = Supply(ids.count)
        for (id, footage) in zip(ids, supply.all) { footages[id] = footage }
        try await archive.recover { _, _ in supply.next() }
        try expect(supply.next() == nil, "not all of them are taken up")
        seen.insert("restarted")
    }

    func close() async {
        await archive.shutDown()
        await archive.closeDatabase()
    }

    // MARK: - Comparing

    /// Holds every clip's row and clip.json against the model.
    func compare() async throws {
        let layout = ClipLayout(root: root)
        for expected in model.clips.values {
            let row = try await archive.clip(expected.id)
            let isRecording = expected.isRecording
            let folder = isRecording ? layout.staging(row.id) : layout.final(row)
            for clip in [row, try folder.manifest().clip] {
                let told = TriggerModel.Clip(
                    id: clip.id,
                    camera: clip.camera,
                    start: seconds(clip.requestedStart),
                    end: seconds(clip.requestedEnd),
                    label: clip.label,
                    note: clip.note,
                    number: clip.metadata.flatMap(Self.value),
                    isRecording: clip.status == .recording
                )
                try expect(told == expected, "\(told) instead of \(expected)")
            }
        }
        let staged = ClipFolder(path: layout.stagingRoot).names
        try expect(Set(staged) == Set(footages.keys), "staging folders")
        for id in deleted {
            let clip = try? await archive.clip(id)
            try expect(clip == nil, "\(id) was deleted")
        }
        let database = try Database(path: root + "/database.db", mode: .readOnly)
        let count = try database.query("SELECT count(*) FROM clip") { $0.integer(0) }
        try expect(count == [model.clips.count], "\(count) rows")
    }

    private func seconds(_ moment: Timestamp) -> Int { Int((moment - zero).seconds) }

    private static func value(_ metadata: JSONValue) -> Int? {
        guard case .object(let fields) = metadata, case .integer(let number) = fields["n"]
        else { return nil }
        return Int(number)
    }

    private func expect(_ condition: Bool, _ words: @autoclosure () -> String) throws {
        if !condition { throw TestFailure(words()) }
    }
}

/// Footage for clips that are taken up, one after the other.
private final class Supply: Sendable {
    let all: [ScriptedFootage]
    private let given = Mutex(0)

    init(_ count: Int) {
        all = (0..<count).map { _ in ScriptedFootage([]) }
    }

    func next() -> ScriptedFootage? {
        let number = given.withLock { given in
            given += 1
            return given
        }
        return number <= all.count ? all[number - 1] : nil
    }
}

extension ArchiveError? {
    fileprivate var words: String { map(\.description) ?? "nothing" }
}
