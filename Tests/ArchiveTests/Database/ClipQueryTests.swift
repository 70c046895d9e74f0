import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Query of clips")
struct ClipQueryTests {
    private let folder: TemporaryFolder
    private let path: String
    private let table: ClipTable

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path + "/test.db"
        table = try ClipTable(path: path, mode: .readWrite)
    }

    private static let incidents = [UUIDv7.make(at: .event), UUIDv7.make(at: .event)]

    /// Every filter with every other; each at one value.
    private static let combinations: [ClipQuery] = (0..<256).map { bits in
        func given<Value>(_ bit: Int, _ value: Value) -> Value? {
            bits >> bit & 1 == 1 ? value : nil
        }
        return ClipQuery(
            camera: given(0, "yard"),
            status: given(1, .ready),
            label: given(2, "gate"),
            incident: given(3, incidents[0]),
            locked: given(4, false),
            from: given(5, .event + .seconds(20)),
            to: given(6, .event + .seconds(150)),
            text: given(7, "parcel ga")
        )
    }

    /// What a query means, said once more.
    private static func holds(_ query: ClipQuery, for clip: Clip) -> Bool {
        let words = [clip.label, clip.note].compactMap(\.self).joined(separator: " ").split(
            separator: " "
        )
        return (query.camera == nil || query.camera == clip.camera)
            && (query.status == nil || query.status == clip.status)
            && (query.label == nil || query.label == clip.label)
            && (query.incident == nil || query.incident == clip.incident)
            && (query.locked == nil || query.locked == clip.locked)
            && (query.from.map { clip.timestamp >= $0 } ?? true)
            && (query.to.map { clip.timestamp < $0 } ?? true)
            && (query.text == nil
                || words.contains("parcel") && words.contains { $0.hasPrefix("ga") })
    }

    private static func clip(_ number: Int) -> Clip {
        // Different remainders, so that every combination has clips and lacks some.
        let trigger = Trigger(
            camera: number % 3 == 0 ? "shed" : "yard",
            at: .event + .seconds(number / 2),
            before: .seconds(1),
            after: .seconds(1),
            incident: number % 5 == 0 ? nil : incidents[number % 7 == 0 ? 1 : 0],
            label: number % 4 == 0 ? nil : number % 11 == 0 ? "door" : "gate",
            note: number % 13 == 0 ? nil : "a parcel at gate \(number)"
        )
        var clip = Clip(for: trigger, id: UUIDv7.make(at: trigger.at), createdAt: trigger.at)
        clip.status = number % 17 == 0 ? .failed : number % 19 == 0 ? .recording : .ready
        clip.locked = number % 6 == 0
        return clip
    }

    @Test("Gives what each combination of filters means, page by page, and its number")
    func combinations() async throws {
        var stored: [Clip] = []
        for number in 0..<400 {
            let clip = Self.clip(number)
            stored.append(clip)
            try await table.insert(clip)
        }
        for clip in stored.prefix(40) where !clip.locked {
            #expect(try await table.markDeleted(clip.id))
        }
        let listed = stored.enumerated().filter { $0.offset >= 40 || $0.element.locked }
            .map(\.element).reversed()
        var found = Set<Int>()
        for query in Self.combinations {
            let expected = listed.filter { Self.holds(query, for: $0) }
            var pages: [ClipPage] = []
            repeat {
                let cursor = pages.last?.next
                pages.append(try await table.clips(matching: query, after: cursor, limit: 70))
            } while pages.last?.next != nil
            #expect(pages.flatMap(\.clips) == expected, "\(query)")
            #expect(try await table.count(matching: query) == expected.count, "\(query)")
            found.insert(expected.count)
        }
        #expect(found.count > 20 && !found.contains(0))
    }

    @Test("No list scans the clips or sorts them, be it the first page or a later one")
    func plans() throws {
        let database = try Database(path: path, mode: .readOnly)
        for query in Self.combinations {
            for cursor in [nil, ClipCursor(place: 1)] {
                try expectDirect(query.list(after: cursor, limit: 100), in: database, "\(query)")
            }
            try expectDirect(query.count, in: database, "\(query)")
        }
    }

    @Test("What recovery and lookups ask for is found by an index")
    func recoveryPlans() async throws {
        let database = try Database(path: path, mode: .readOnly)
        let values: [SQLValue] = [.text("x")]
        for (text, values) in [
            ("SELECT * FROM clip WHERE id = ? AND deleted = 0", values),
            (ClipTable.unfinishedList, []), (ClipTable.dirtyList, []), (ClipTable.deletedList, []),
        ] {
            let query = SQLQuery(text: text, values: values)
            let plan = try database.query(
                SQLQuery(text: "EXPLAIN QUERY PLAN " + query.text, values: query.values)
            ) { $0.text(3) ?? "" }
            // Partial indices that hold nothing else are read from end to end.
            let isDirect = plan.allSatisfy { $0.contains("USING INDEX") && !$0.contains("TEMP") }
            #expect(isDirect, "\(text): \(plan)")
        }
    }

    private func expectDirect(_ query: SQLQuery, in database: Database, _ name: String) throws {
        let plan = try database.query(
            SQLQuery(text: "EXPLAIN QUERY PLAN " + query.text, values: query.values)
        ) { $0.text(3) ?? "" }
        #expect(!plan.isEmpty)
        for step in plan {
            let scans = step == "SCAN clip" || step.hasPrefix("SCAN clip ")
            #expect(!scans && !step.contains("TEMP B-TREE"), "\(name): \(plan)")
        }
    }

    @Test("Beyond ten thousand only the tallies count; below, the number is exact")
    func limits() {
        let counted = ClipQuery(label: "gate")
        #expect(counted.total(10_000) == 10_000)
        #expect(counted.total(10_001) == nil)
        let tallied = ClipQuery(camera: "yard", status: .ready, locked: false)
        #expect(tallied.total(1_000_000) == 1_000_000)
        #expect(tallied.count.text.contains("clip_tally"))
        #expect(!ClipQuery(to: .event).count.text.contains("clip_tally"))
        // Punctuation alone asks for nothing.
        #expect(ClipQuery(text: "-").total(1_000_000) == 1_000_000)
    }
}
