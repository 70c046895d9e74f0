import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Place of a clip")
struct ClipPlaceTests {
    @Test(
        "Grows with the millisecond, before 1970 too",
        arguments: [
            (0, 0), (999, 0), (1000, 32768), (1999, 32768), (-1, -32768), (-1000, -32768),
            (-1001, -65536), (1_795_000_000_000_000, 1_795_000_000_000 * 32768),
        ]
    )
    func first(microseconds: Int64, place: Int64) {
        #expect(ClipPlace.first(at: Timestamp(microseconds: microseconds)) == place)
    }

    @Test("The first and the last year that a moment can be written with have a place")
    func extremes() throws {
        for text in ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z"] {
            let moment = try #require(Timestamp(iso8601: text))
            let place = ClipPlace.first(at: moment)
            #expect(place.addingReportingOverflow(ClipPlace.perMillisecond).overflow == false)
        }
    }

    @Test(
        "A clip of a moment takes the first place that is free, and a removed one's is not missed"
    )
    func free() async throws {
        let folder = try TemporaryFolder()
        let table = try ClipTable(path: folder.path + "/test.db", mode: .readWrite)
        let clips = (0..<4).map { _ in Clip.example() }
        for clip in clips.prefix(3) { try await table.insert(clip) }
        try await table.insert(.example(at: .event + .milliseconds(1)))
        try await table.remove(clips[2].id)
        try await table.insert(clips[3])
        let database = try Database(path: folder.path + "/test.db", mode: .readOnly)
        let places = try database.query("SELECT place FROM clip ORDER BY place") { $0.integer(0) }
        let first = Int(ClipPlace.first(at: .event))
        #expect(places == [first, first + 1, first + 2, first + 32768])
    }
}
