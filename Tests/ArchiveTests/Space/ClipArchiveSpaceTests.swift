import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Clip archive: what clips take", .timeLimit(.minutes(3)))
struct ClipArchiveSpaceTests {
    private let storage: Storage

    init() throws {
        storage = try Storage()
    }

    /// What `du` says of all files of clips, each once.
    private func du() async throws -> Int {
        let clips = storage.folder.path + "/clips"
        let command =
            "find \(clips) -type f -print0 | du --files0-from=- -c --block-size=1 | tail -1"
        let text = try await TestSupport.ChildProcess.check("sh", ["-c", command]).text
        let total = text.split(separator: "\t").first.flatMap { Int($0) }
        return try #require(total)
    }

    @Test("Overlapping clips count what they share once, as du does, whichever of them goes")
    func shared() async throws {
        let recording = try await Recording(
            TestVideo(seconds: 3, size: "320x180", keyframeInterval: 25),
            from: .soon
        )
        let archive = try storage.open()
        var clips: [Clip] = []
        for moment in [1200, 1400, 1600, 1800] {
            let trigger = Trigger.example(
                recording,
                at: .milliseconds(moment),
                before: .seconds(1),
                after: .seconds(1)
            )
            let footage = ScriptedFootage(recording.segments)
            let id = try await archive.trigger(trigger, footage: footage).id
            clips.append(try await archive.finished(id))
        }
        func settled(_ count: Int) async throws -> SpaceTally {
            try await eventually("\(count) clips, counted as du does", timeout: .seconds(20)) {
                let tally = try await archive.storage().clips
                let used = try await du()
                return tally.clips == count && tally.real == used ? tally : nil
            }
        }
        let all = try await settled(4)
        // Three segments of each are those of the others, too.
        let segments = recording.segments.prefix(3).reduce(0) { $0 + $1.bytes }
        #expect(all.apparent - all.real >= 3 * segments)
        // The oldest answers for them; then another must.
        try await archive.delete(clips[0].id)
        _ = try await settled(3)
        try await archive.delete(clips[2].id)
        _ = try await settled(2)
        try await archive.delete(clips[1].id)
        let last = try await settled(1)
        #expect(last.apparent == last.real)
    }

    @Test("Clips of an earlier program are counted in at the start")
    func backlog() async throws {
        let archive = try storage.open()
        try await storage.fill(3, megabytes: 1)
        try await archive.recover()
        try await eventually("three megabytes") {
            let tally = try await archive.storage().clips
            return tally == SpaceTally(clips: 3, apparent: 3 << 20, real: 3 << 20)
        }
    }

    @Test("Beyond MAX_STORAGE_GB and MAX_AGE_DAYS the oldest go, and health says which go next")
    func limits() async throws {
        let limits = Retention.Limits(age: .seconds(86_400), bytes: 5 << 19)
        let archive = try storage.open(retention: Retention(limits: limits))
        let old = try await storage.fill(2, megabytes: 1)
        let new = try await storage.fill(4, megabytes: 1, from: .now() - .seconds(60))
        try await archive.recover()
        try await eventually("two clips") {
            try await storage.rest(archive) == new.suffix(2).map(\.id)
        }
        await archive.retain()
        let next = try await archive.storage().next
        #expect(next.map(\.clip.id) == new.suffix(2).map(\.id))
        #expect(next.map(\.reason) == [.storage(camera: nil), .storage(camera: nil)])
        for clip in old {
            #expect(storage.log.all.contains("clip \(clip.id) is deleted: MAX_AGE_DAYS"))
        }
        for clip in new.prefix(2) {
            #expect(storage.log.all.contains("clip \(clip.id) is deleted: MAX_STORAGE_GB"))
        }
    }

    @Test("Limits of one camera spare the others, and can be changed")
    func ownLimits() async throws {
        let archive = try storage.open()
        let clips = try await storage.fill(3, megabytes: 1)
        let other = Clip.fullExample()
        try await storage.table().insert(other)
        await archive.keep(by: Retention(cameras: ["yard": .init(clips: 1)]))
        await archive.retain()
        #expect(try await Set(storage.rest(archive)) == [other.id, clips[2].id])
    }
}
