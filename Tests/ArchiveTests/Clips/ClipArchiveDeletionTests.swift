import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Clip archive: deleting", .timeLimit(.minutes(3)))
struct ClipArchiveDeletionTests {
    private let storage: Storage
    private let recording: Recording

    init() async throws {
        storage = try Storage()
        recording = try await Recording(
            TestVideo(seconds: 3, size: "160x90", keyframeInterval: 25),
            from: .soon
        )
    }

    /// A trigger in the middle of the recording.
    private func trigger(
        _ archive: ClipArchive,
        _ footage: ScriptedFootage,
        at moment: Duration = .milliseconds(1500)
    ) async throws -> Clip {
        try await archive.trigger(
            .example(recording, at: moment, before: .seconds(1), after: .seconds(1)),
            footage: footage
        )
    }

    private func readyClip(
        _ archive: ClipArchive,
        at moment: Duration = .milliseconds(1500)
    ) async throws -> Clip {
        let footage = ScriptedFootage(recording.segments)
        return try await archive.finished(try await trigger(archive, footage, at: moment).id)
    }

    /// Nothing of a clip is left, on disk or in the database.
    private func expectGone(_ clip: Clip, from archive: ClipArchive) async throws {
        await #expect(throws: ArchiveError.notFound) { try await archive.clip(clip.id) }
        #expect(try await archive.clips(limit: 100).allSatisfy { $0.id != clip.id })
        let layout = storage.layout
        for folder in [layout.final(clip), layout.staging(clip.id)] { #expect(!folder.exists) }
        let table = try storage.table()
        try await eventually("the rest to be removed") {
            let left = try await table.deleted()
            return left.isEmpty && !layout.trash(clip.id).exists
        }
    }

    @Test("A ready clip goes with all its files; who has one open reads on")
    func ready() async throws {
        let archive = try storage.open()
        let clip = try await readyClip(archive)
        let watching = try FileHandle(forReadingFrom: storage.video(clip))
        try await archive.delete(clip.id)
        try await expectGone(clip, from: archive)
        #expect(try watching.readToEnd()?.count == clip.size)
        await #expect(throws: ArchiveError.notFound) { try await archive.delete(clip.id) }
        // The ring's own files are not the clip's.
        #expect(recording.segments.allSatisfy { exists($0.path) })
    }

    @Test("A clip that is being recorded stops and goes")
    func recording() async throws {
        let archive = try storage.open()
        let footage = ScriptedFootage(recording.segments.prefix(2))
        let clip = try await trigger(archive, footage)
        try await archive.delete(clip.id)
        #expect(await footage.isClosed)
        try await expectGone(clip, from: archive)
    }

    @Test("A clip whose MP4 is being made goes, and ffmpeg with it")
    func processing() async throws {
        let tools = try TemporaryFolder()
        let pids = tools.file("pids")
        let ffmpeg = try FFmpeg.fake("echo $$ >> \(pids.path); exec sleep 600", in: tools)
        let archive = try storage.open(ffmpeg: ffmpeg)
        let clip = try await trigger(archive, ScriptedFootage(recording.segments))
        let children = try await eventually("both of ffmpeg's jobs") { () -> [Int32]? in
            let text = (try? String(contentsOf: pids, encoding: .utf8)) ?? ""
            let found = text.split(separator: "\n").compactMap { Int32($0) }
            return found.count == 2 ? found : nil
        }
        try await archive.delete(clip.id)
        try await expectGone(clip, from: archive)
        #expect(children.allSatisfy { kill($0, 0) != 0 })
    }

    @Test("A locked clip stays")
    func locked() async throws {
        let archive = try storage.open()
        var clip = try await readyClip(archive)
        clip.locked = true
        try await storage.table().update(clip)
        await #expect(throws: ArchiveError.locked) { try await archive.delete(clip.id) }
        #expect(try await archive.clip(clip.id) == clip)
        #expect(exists(storage.video(clip).path))
    }

    @Test("Beyond the most clips allowed the oldest go, but no locked one")
    func mostClips() async throws {
        let archive = try storage.open(retention: Retention(limits: .init(clips: 2)))
        var locked = try await readyClip(archive, at: .milliseconds(1000))
        locked.locked = true
        try await storage.table().update(locked)
        var clips: [Clip] = []
        for moment in [1200, 1400, 1600, 1800] {
            clips.append(try await readyClip(archive, at: .milliseconds(moment)))
        }
        try await eventually("three clips") { try await archive.count() == 3 }
        let kept = try await archive.clips(limit: 10).map(\.id)
        #expect(kept == [clips[3].id, clips[2].id, locked.id])
        try await eventually("the folders' end") {
            !storage.layout.final(clips[0]).exists && !storage.layout.final(clips[1]).exists
        }
    }

    @Test("Clips that finish together delete each old one once, without a complaint")
    func mostClipsAtOnce() async throws {
        let archive = try storage.open(retention: Retention(limits: .init(clips: 3)))
        let recording = recording
        try await withThrowingTaskGroup { group in
            for number in 0..<12 {
                group.addTask {
                    let footage = ScriptedFootage(recording.segments)
                    let trigger = Trigger.example(
                        recording,
                        at: .milliseconds(1000 + number * 50),
                        before: .milliseconds(500),
                        after: .milliseconds(500)
                    )
                    _ = try await archive.trigger(trigger, footage: footage)
                }
            }
            try await group.waitForAll()
        }
        try await eventually("three clips", timeout: .seconds(30)) {
            let clips = try await archive.clips(limit: 100)
            return clips.count == 3 && clips.allSatisfy { $0.status == .ready }
        }
        await archive.shutDown()
        #expect(!storage.log.all.contains { $0.contains("cannot be deleted") })
        #expect(try await archive.count() == 3)
    }
}
