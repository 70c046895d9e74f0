import Archive
import Foundation
import Segmenter
import TestSupport

/// Works with a store: through the archive, and by the same statements alone.
final class StoreWork {
    private static let page = 20

    private let store: ClipStore
    private let archive: ClipArchive
    private let plain: PlainDatabase
    /// Clips from all over the store, each used up by one deletion.
    private var sample: [Clip] = []
    private var inserted: [String] = []

    init(_ store: ClipStore) async throws {
        self.store = store
        archive = try store.open()
        plain = try PlainDatabase(path: store.databasePath)
        var generator = SplitMix64(seed: 1)
        let places = try await span()
        while sample.count < 900 {
            let place = Int64.random(in: places, using: &generator)
            let cursor = ClipCursor(text: "\(place)")
            let page = try await archive.clips(matching: ClipQuery(), after: cursor, limit: 1)
            if let clip = page.clips.first, !clip.locked,
                !sample.contains(where: { $0.id == clip.id })
            {
                sample.append(clip)
            }
        }
        for clip in sample.prefix(300) { try writeManifest(of: clip) }
    }

    /// Leaves nothing to be recovered.
    func close() async throws {
        for id in inserted { try await archive.delete(id) }
        await archive.shutDown()
        await archive.closeDatabase()
    }

    func perform(_ operation: StoreOperation, _ round: Int) async throws {
        switch operation {
        case .get:
            _ = try await archive.clip(sample[round].id)
        case .insert:
            let trigger = Trigger(
                camera: "camera-1",
                at: .now(),
                before: .seconds(30),
                after: .seconds(3600),
                label: "gate 3",
                // Little, for the disk need not have room for hundreds of such clips.
                bitRate: 8000
            )
            let request = TriggerRequest([.init(trigger, footage: EndlessFootage())])
            inserted += try await archive.trigger(request).clips.map(\.id)
        case .edit:
            _ = try await archive.edit(
                sample[round].id,
                ClipEdit(label: "edited \(round)", note: "of the gate")
            )
        case .delete:
            try await archive.delete(sample[300 + round].id)
        case .count, .countCamera:
            let query = operation == .count ? ClipQuery() : ClipQuery(camera: "camera-3")
            guard try await archive.count(matching: query) ?? 0 > 0 else {
                throw TestFailure("nothing counted")
            }
        default:
            let (query, cursor, limit) = try listing(operation, round)
            let page = try await archive.clips(matching: query, after: cursor, limit: limit)
            if page.clips.isEmpty { throw TestFailure("no clip for \(operation.rawValue)") }
        }
    }

    func performPlainly(_ operation: StoreOperation, _ round: Int) async throws {
        switch operation {
        case .get:
            try run("SELECT * FROM clip WHERE id = ?", [.text(sample[round].id)])
        case .insert:
            let columns = """
                camera, status, timestamp, requested_start, requested_end, filename, label, locked, \
                created_at, coverage
                """
            try run(
                """
                INSERT INTO clip (place, id, \(columns))
                SELECT (SELECT max(place) + 1 FROM clip), ?, \(columns) FROM clip WHERE id = ?
                """,
                [.text(UUIDv7.make(at: .now())), .text(sample[round].id)]
            )
        case .edit:
            let id = SQLValue.text(sample[round].id)
            try run(
                "UPDATE clip SET label = ?, note = ?, dirty = 1 WHERE id = ? AND deleted = 0",
                [.text("plainly \(round)"), .text("of the gate"), id]
            )
            try run("UPDATE clip SET dirty = 0 WHERE id = ?", [id])
        case .delete:
            let id = SQLValue.text(sample[600 + round].id)
            try run("UPDATE clip SET deleted = 1 WHERE id = ?", [id])
            try run("DELETE FROM clip WHERE id = ?", [id])
        case .count, .countCamera:
            let query = operation == .count ? ClipQuery() : ClipQuery(camera: "camera-3")
            try plain.run(query.count)
        default:
            let (query, cursor, limit) = try listing(operation, round)
            try plain.run(query.list(after: cursor, limit: limit + 1))
        }
    }

    private func run(_ text: String, _ values: [SQLValue]) throws {
        try plain.run(SQLQuery(text: text, values: values))
    }

    private func listing(
        _ operation: StoreOperation,
        _ round: Int
    ) throws -> (query: ClipQuery, cursor: ClipCursor?, limit: Int) {
        let clip = sample[round]
        let camera = "camera-\(round % 8)"
        let query: ClipQuery
        switch operation {
        case .deep:
            let place = clip.timestamp.microseconds / 1000 * 32768 + 1
            return (ClipQuery(), ClipCursor(text: "\(place)"), 100)
        case .first: return (ClipQuery(), nil, 100)
        case .camera: query = ClipQuery(camera: camera)
        case .failed: query = ClipQuery(status: .failed)
        case .cameraFailed: query = ClipQuery(camera: "camera-7", status: .failed)
        case .rare: query = ClipQuery(camera: "shed", status: .ready)
        case .label: query = ClipQuery(label: "motion")
        case .labelCamera: query = ClipQuery(camera: "camera-\(round % 4 * 2 + 1)", label: "motion")
        case .incident: query = ClipQuery(incident: incidents[round % incidents.count])
        case .locked: query = ClipQuery(locked: true)
        case .span:
            query = ClipQuery(
                from: clip.timestamp - .seconds(300),
                to: clip.timestamp + .seconds(300)
            )
        case .word: query = ClipQuery(text: "\(orders[round % orders.count])")
        case .common: query = ClipQuery(text: "parcel")
        case .beginning: query = ClipQuery(text: "pa")
        case .words: query = ClipQuery(text: "parcel mot")
        case .wordCamera: query = ClipQuery(camera: "camera-5", text: "parcel")
        case .count, .countCamera, .get, .insert, .edit, .delete: throw TestFailure("no list")
        }
        return (query, nil, Self.page)
    }

    private lazy var incidents = sample.compactMap(\.incident)
    /// Numbers that are in notes, before an edit changes them.
    private lazy var orders: [String] = sample.compactMap { clip in
        clip.note?.split(separator: " ").last.map(String.init)
    }

    /// From the oldest to the newest clip's place.
    private func span() async throws -> ClosedRange<Int64> {
        let newest = try await archive.clips(matching: ClipQuery(), limit: 1).clips[0].timestamp
        let last = newest.microseconds / 1000 * 32768
        return last - Int64(store.count) * 30_000 * 32768 + 30_000 * 32768...last
    }

    /// An edit rewrites it.
    private func writeManifest(of clip: Clip) throws {
        let day = clip.timestamp.iso8601.prefix(10)
        let folder = URL(filePath: "\(store.root)/clips/\(day)/\(clip.id)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try JSONEncoder().encode(ClipManifest(clip: clip, segments: []))
            .write(to: folder.appending(path: ClipManifest.fileName))
    }
}

/// Footage that has nothing yet.
private actor EndlessFootage: Footage {
    private var waiting: CheckedContinuation<Void, Never>?
    private var isClosed = false

    let interruption: String? = nil
    let lag = Duration.zero

    func available() -> [Segment] { [] }
    func release(through segment: Segment) {}

    func next() async -> [Segment] {
        if !isClosed { await withCheckedContinuation { waiting = $0 } }
        return []
    }

    func close() {
        isClosed = true
        waiting?.resume()
        waiting = nil
    }
}
