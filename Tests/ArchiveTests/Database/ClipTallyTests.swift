import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

/// What the schema's triggers keep beside the rows.
@Suite("Tallies and text index")
struct ClipTallyTests {
    @Test(
        "Agree with the rows after any writing",
        arguments: [1, 2, 3]
    )
    func agree(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        let path = folder.path + "/test.db"
        let table = try ClipTable(path: path, mode: .readWrite)
        var clips: [Clip] = []
        for step in 0..<300 {
            let words = [nil, "gate", "gate 3", "parcel left"]
            let index = clips.indices.randomElement(using: &random)
            switch (Int.random(in: 0..<6, using: &random), index) {
            case (1, let index?):
                clips[index].status = Clip.Status.allCases.randomElement(using: &random) ?? .ready
                try await table.update(clips[index])
            case (2, let index?), (3, let index?):
                let edit = ClipEdit(
                    label: .some(words.randomElement(using: &random) ?? nil),
                    note: Bool.random(using: &random)
                        ? .some(words.randomElement(using: &random) ?? nil) : nil,
                    locked: Bool.random(using: &random)
                )
                clips[index] = try #require(try await table.edit(clips[index].id, edit))
            case (4, let index?) where !clips[index].locked:
                #expect(try await table.markDeleted(clips[index].id))
                if Bool.random(using: &random) { try await table.remove(clips[index].id) }
                clips.remove(at: index)
            case (5, let index?):
                try await table.remove(clips[index].id)
                clips.remove(at: index)
            default:
                let clip = Clip.example(at: .event + .milliseconds(step / 4), status: .ready)
                try await table.insert(clip)
                clips.append(clip)
            }
        }
        let database = try Database(path: path, mode: .readWrite)
        let kinds = "SELECT camera || status || locked || "
        let tallies = try database.query(
            kinds + "clips FROM clip_tally WHERE clips <> 0 ORDER BY 1"
        ) { $0.text(0) }
        let counts = try database.query(
            kinds
                + "count(*) FROM clip WHERE deleted = 0 GROUP BY camera, status, locked ORDER BY 1"
        ) { $0.text(0) }
        #expect(tallies == counts && !counts.isEmpty)
        #expect(try await table.count() == clips.count)
        // Fails where the index has other words than the rows.
        try database.run("INSERT INTO clip_text (clip_text, rank) VALUES ('integrity-check', 1)")
        try database.run("INSERT INTO clip_text (rowid, label) VALUES (1, 'foreign')")
        #expect(throws: ArchiveError.self) {
            try database.run(
                "INSERT INTO clip_text (clip_text, rank) VALUES ('integrity-check', 1)"
            )
        }
    }
}

/// The same numbers for the same seed (SplitMix64).
private struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
