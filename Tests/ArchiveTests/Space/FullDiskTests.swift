import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite(
    "Clip archive: a full disk",
    .enabled(if: SmallFileSystem.isThere, "needs root, who may mount a small file system"),
    .timeLimit(.minutes(3))
)
struct FullDiskTests {
    private static let megabyte = 1 << 20
    private let disk: SmallFileSystem
    private let storage: Storage

    init() throws {
        disk = try SmallFileSystem(megabytes: 64)
        storage = try Storage(in: disk.folder)
    }

    private func recording() async throws -> Recording {
        try await Recording(
            TestVideo(seconds: 3, size: "160x90", keyframeInterval: 25),
            from: .soon
        )
    }

    private func trigger(_ recording: Recording) -> Trigger {
        .example(recording, at: .milliseconds(1500), before: .seconds(1), after: .seconds(1))
    }

    @Test(
        "A trigger for which there is no room is refused and leaves nothing; with room it is taken"
    )
    func noRoom() async throws {
        let recording = try await recording()
        let archive = try storage.open()
        try disk.fill(leaving: 10 * Self.megabyte)
        let refused = ScriptedFootage(recording.segments)
        await #expect(throws: ArchiveError.noSpace) {
            try await archive.trigger(trigger(recording), footage: refused)
        }
        #expect(await refused.isClosed)
        #expect(try await archive.count() == 0)
        #expect(ClipFolder(path: storage.layout.stagingRoot).names.isEmpty)
        #expect(try await archive.storage().reserved == 0)
        try disk.makeRoom()
        let footage = ScriptedFootage(recording.segments)
        let id = try await archive.trigger(trigger(recording), footage: footage).id
        #expect(try await archive.storage().reserved > 16 * Self.megabyte)
        #expect(try await archive.finished(id).status == .ready)
        try await eventually("the reservation to end") {
            try await archive.storage().reserved == 0
        }
    }

    @Test("For a trigger's room the oldest clips go, as few as will do, and no locked one")
    func roomByRetention() async throws {
        let recording = try await recording()
        let clips = try await filled()
        let archive = try storage.open(retention: Retention(minFree: 20 * Self.megabyte))
        let footage = ScriptedFootage(recording.segments)
        let id = try await archive.trigger(trigger(recording), footage: footage).id
        #expect(try await storage.rest(archive) == [clips[0], clips[3], clips[4]].map(\.id) + [id])
        #expect(try await archive.finished(id).status == .ready)
        #expect(disk.free > 20 * Self.megabyte)
    }

    @Test("When all clips together would not make room, none goes, and the trigger is refused")
    func inVain() async throws {
        let recording = try await recording()
        let clips = try await filled()
        let archive = try storage.open(retention: Retention(minFree: 100 * Self.megabyte))
        await #expect(throws: ArchiveError.noSpace) {
            try await archive.trigger(trigger(recording), footage: ScriptedFootage([]))
        }
        #expect(try await storage.rest(archive) == clips.map(\.id))
    }

    /// Five clips of eight megabytes, the oldest locked.
    private func filled() async throws -> [Clip] {
        _ = try storage.open()
        var clips = try await storage.fill(5, megabytes: 8)
        clips[0].locked = true
        try await storage.table().update(clips[0])
        return clips
    }

    @Test(
        "Space that does not come back at once, because somebody reads on, does not cost every clip"
    )
    func lateSpace() async throws {
        let clips = try await filled()
        let archive = try storage.open(retention: Retention(minFree: 30 * Self.megabyte))
        let readers = try clips.map { try FileHandle(forReadingFrom: storage.video($0)) }
        for _ in 0..<3 { await archive.retain() }
        #expect(
            try await storage.rest(archive) == [clips[0], clips[2], clips[3], clips[4]].map(\.id)
        )
        #expect(storage.log.all.contains { $0.hasSuffix("waiting for it") })
        for reader in readers { try reader.close() }
    }

    @Test("A disk that is full when the MP4 is made makes the clip wait, not fail")
    func remux() async throws {
        let recording = try await recording()
        let tools = try TemporaryFolder()
        let mark = tools.file("full").path
        let waiting = try FFmpeg.fake(
            "until [ -e \(mark) ]; do sleep 0.05; done; exec \(try FFmpeg().path) \"$@\"",
            in: tools
        )
        let archive = try storage.open(ffmpeg: waiting)
        let footage = ScriptedFootage(recording.segments)
        let id = try await archive.trigger(trigger(recording), footage: footage).id
        try await eventually("its processing") {
            try await archive.clip(id).status == .processing
        }
        try disk.fill()
        try Data().write(to: URL(filePath: mark))
        try await eventually("the clip to wait", timeout: .seconds(20)) {
            storage.log.all.contains { $0.contains("has to wait") }
        }
        #expect(try await archive.clip(id).status == .processing)
        await archive.shutDown()
        await archive.closeDatabase()
        try disk.makeRoom()
        let next = try storage.open()
        try await next.recover()
        let clip = try await next.finished(id)
        #expect(clip.status == .ready && clip.coverage.complete)
        try await expectExact(clip, of: recording, in: storage)
    }

    @Test(
        "A database without room refuses triggers and deletions, loses nothing, and goes on with room"
    )
    func database() async throws {
        let recording = try await recording()
        let storage = try Storage(databaseIn: disk.folder)
        let archive = try storage.open()
        let first = try await archive.trigger(
            trigger(recording),
            footage: ScriptedFootage(recording.segments)
        )
        _ = try await archive.finished(first.id)
        await archive.retain()
        try disk.fill()
        let refused = ScriptedFootage(recording.segments)
        let error = await #expect(throws: ArchiveError.self) {
            try await archive.trigger(trigger(recording), footage: refused)
        }
        guard case .database(13, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(await refused.isClosed)
        #expect(ClipFolder(path: storage.layout.stagingRoot).names.isEmpty)
        await #expect(throws: ArchiveError.self) { try await archive.delete(first.id) }
        #expect(try await archive.clip(first.id).status == .ready)
        #expect(exists(storage.video(first).path))
        try disk.makeRoom()
        let second = try await archive.trigger(
            trigger(recording),
            footage: ScriptedFootage(recording.segments)
        )
        #expect(try await archive.finished(second.id).status == .ready)
        try await archive.delete(first.id)
        #expect(try await storage.rest(archive) == [second.id])
    }
}
