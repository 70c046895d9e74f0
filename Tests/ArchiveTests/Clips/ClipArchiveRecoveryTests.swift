import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Clip archive: from one life to the next", .timeLimit(.minutes(3)))
struct ClipArchiveRecoveryTests {
    private let storage: Storage
    private let recording: Recording

    init() async throws {
        storage = try Storage()
        recording = try await Recording(from: .soon)
    }

    /// A clip that a life of the program has begun and not finished.
    private func begun(keeping segments: Int) async throws -> Clip {
        let archive = try storage.open()
        let footage = ScriptedFootage(recording.segments.prefix(segments))
        let clip = try await archive.trigger(.example(recording, at: .seconds(4)), footage: footage)
        await archive.shutDown()
        #expect(await footage.isClosed)
        #expect(try await archive.clip(clip.id) == clip)
        #expect(storage.layout.staging(clip.id).exists)
        return clip
    }

    @Test("A clip being recorded goes on after a restart, and is ready when all has come")
    func goesOn() async throws {
        let clip = try await begun(keeping: 4)
        let archive = try storage.open()
        let footage = ScriptedFootage(recording.segments[4..<5])
        let asked = Lines()
        try await archive.recover { camera, window in
            asked.add("\(camera) \(window.start.iso8601) \(window.end.iso8601)")
            return footage
        }
        let (from, to) = (recording.start + .seconds(4), clip.requestedEnd)
        #expect(asked.all == ["yard \(from.iso8601) \(to.iso8601)"])
        await footage.arrive(recording.segments[5...])
        let ready = try await archive.finished(clip.id)
        #expect(ready.status == .ready)
        #expect(ready.coverage.complete)
        let hashes = try await frameHashes(of: recording.source)
        let expected = Array(hashes[recording.frames(showing: ready.window)])
        #expect(try await frameHashes(of: storage.video(ready)) == expected)
        #expect(try storage.layout.final(ready).manifest().clip == ready)
    }

    @Test("A restart's gap is in the coverage when the camera comes back as another run")
    func goesOnWithGap() async throws {
        let clip = try await begun(keeping: 4)
        let second = try await Recording(
            TestVideo(seconds: 3, size: "160x90", keyframeInterval: 25),
            from: recording.start + .seconds(5),
            ordinal: 1
        )
        let archive = try storage.open()
        try await archive.recover(with: ScriptedFootage(second.segments))
        let ready = try await archive.finished(clip.id)
        #expect(ready.status == .ready)
        #expect(ready.duration == 3)
        #expect(
            ready.coverage.gaps == [
                .init(
                    start: recording.start + .seconds(4),
                    end: recording.start + .seconds(5),
                    reason: "the camera was down"
                )
            ]
        )
    }

    @Test("A clip whose camera is there no more ends with what was kept, and says so")
    func endsWithGap() async throws {
        let clip = try await begun(keeping: 5)
        let archive = try storage.open()
        try await archive.recover()
        let ready = try await archive.finished(clip.id)
        #expect(ready.status == .ready)
        #expect(ready.duration == 3)
        #expect(ready.coverage.gaps.map(\.reason) == ["the recording ended early"])
    }

    @Test("A clip whose window is over takes no more footage")
    func windowOver() async throws {
        let past = try await Recording(
            TestVideo(seconds: 3, size: "160x90", keyframeInterval: 25),
            from: .event
        )
        let archive = try storage.open()
        let trigger = Trigger.example(past, at: .seconds(2))
        let footage = ScriptedFootage(past.segments)
        let clip = try await archive.trigger(trigger, footage: footage)
        await archive.shutDown()

        let next = try storage.open()
        try await next.recover { _, _ in
            Issue.record("asked for footage")
            return nil
        }
        #expect(try await next.finished(clip.id).duration == 3)
    }

    @Test("What the camera sends is known after a restart though the row was written before")
    func mediaKnown() async throws {
        let archive = try storage.open()
        // Of a window that lies ahead there is nothing yet.
        let footage = ScriptedFootage([])
        let clip = try await archive.trigger(.example(recording, at: .seconds(4)), footage: footage)
        #expect(clip.videoCodec == nil)
        await footage.arrive(recording.segments.prefix(4))
        try await eventually("its release") { await footage.released >= 3 }
        await archive.shutDown()

        let next = try storage.open()
        try await next.recover(with: ScriptedFootage(recording.segments[4...]))
        let ready = try await next.finished(clip.id)
        #expect(ready.videoCodec == "h264" && ready.width == 160 && ready.height == 90)
        #expect(ready.coverage.complete)
    }

    @Test("A clip whose MP4 was being made is made anew")
    func processing() async throws {
        let tools = try TemporaryFolder()
        let ffmpeg = try FFmpeg.fake("exec sleep 600", in: tools)
        let archive = try storage.open(ffmpeg: ffmpeg)
        let footage = ScriptedFootage(recording.segments)
        let id = try await archive.trigger(.example(recording, at: .seconds(4)), footage: footage)
            .id
        try await eventually("processing") {
            try await archive.clip(id).status == .processing
        }
        await archive.shutDown()

        let next = try storage.open()
        try await next.recover()
        let ready = try await next.finished(id)
        #expect(ready.status == .ready)
        #expect(ready.coverage.complete)
    }

    @Test("A clip that was put in its place without its row's last update is adopted")
    func adopted() async throws {
        let archive = try storage.open()
        let footage = ScriptedFootage(recording.segments)
        let id = try await archive.trigger(.example(recording, at: .seconds(4)), footage: footage)
            .id
        let ready = try await archive.finished(id)
        await archive.shutDown()
        var row = ready
        row.status = .processing
        (row.start, row.end, row.duration, row.size, row.readyAt) = (nil, nil, nil, nil, nil)
        try await storage.table().update(row)

        let next = try storage.open()
        try await next.recover()
        #expect(try await next.finished(id) == ready)
        #expect(exists(next.path(of: .video, in: ready)))
    }

    @Test(
        "A clip whose files are lost has failed",
        arguments: [Clip.Status.recording, .processing]
    )
    func lostFiles(_ status: Clip.Status) async throws {
        let clip = Clip.example(status: status)
        let archive = try storage.open()
        try await storage.table().insert(clip)
        try await archive.recover()
        let lost = try await archive.finished(clip.id)
        #expect(lost.status == .failed)
        #expect(lost.error == "its files were lost before it was finished")
        #expect(lost.coverage.gaps.map(\.reason) == ["nothing was recorded"])
    }

    @Test("A clip whose clip.json is damaged has failed, and its folder is set aside, not deleted")
    func damagedManifest() async throws {
        let clip = try await begun(keeping: 4)
        let staging = storage.layout.staging(clip.id)
        let names = Set(staging.names)
        try staging.write(Array("{".utf8), to: ClipManifest.fileName)
        let archive = try storage.open()
        try await archive.recover()
        let lost = try await archive.finished(clip.id)
        #expect(lost.status == .failed)
        #expect(lost.error == "its clip.json was damaged before it was finished")
        #expect(!staging.exists)
        let aside = ClipFolder(path: storage.layout.lostRoot + "/" + clip.id)
        #expect(Set(aside.names) == names)
        #expect(storage.log.all.contains { $0.contains("clips/.lost") })
    }

    @Test("A clip that had failed for want of its folder is made when the folder is there again")
    func folderBack() async throws {
        let clip = try await begun(keeping: 4)
        var lost = clip
        lost.lose(because: "its files were lost before it was finished")
        try await storage.table().update(lost)
        let archive = try storage.open()
        try await archive.recover(with: ScriptedFootage(recording.segments[4...]))
        try await eventually("the clip") { try await archive.clip(clip.id).status == .ready }
        let ready = try await archive.clip(clip.id)
        #expect(ready.error == nil && ready.coverage.complete)
        try await expectExact(ready, of: recording, in: storage)
    }

    @Test("A staging folder of a clip that is finished is set aside")
    func stagingOfFinished() async throws {
        let clip = Clip.example(status: .ready)
        let archive = try storage.open()
        try await storage.table().insert(clip)
        for folder in [storage.layout.final(clip), storage.layout.staging(clip.id)] {
            try folder.create()
            try folder.write([1], to: "000001.m4s")
        }
        try await archive.recover()
        #expect(try await archive.clip(clip.id) == clip)
        #expect(storage.layout.final(clip).names == ["000001.m4s"])
        #expect(!storage.layout.staging(clip.id).exists)
        #expect(ClipFolder(path: storage.layout.lostRoot + "/" + clip.id).names == ["000001.m4s"])
    }

    @Test("A segment that a power cut has emptied is a gap; what nobody knows in the folder goes")
    func powerCut() async throws {
        let clip = try await begun(keeping: 4)
        let staging = storage.layout.staging(clip.id)
        truncate(staging.file("000002.m4s"), 0)
        for name in ["clip.mp4", "part-0.mp4", "000003.m4s", "clip.json.tmp"] {
            try staging.write([1], to: name)
        }
        let archive = try storage.open()
        try await archive.recover()
        let ready = try await archive.finished(clip.id)
        #expect(ready.status == .ready && ready.duration == 1)
        #expect(ready.coverage.gaps.map(\.reason) == ["the footage was damaged on the disk"])
        let names = Set(storage.layout.final(ready).names)
        #expect(names.isDisjoint(with: ["part-0.mp4", "000003.m4s", "clip.json.tmp"]))
    }

    @Test("A staging folder that no row knows goes, and so does the trash")
    func orphans() async throws {
        let archive = try storage.open()
        let orphan = storage.layout.staging("orphan")
        let rubbish = storage.layout.trash("rubbish")
        for folder in [orphan, rubbish] {
            try folder.create()
            try folder.write([1], to: "000001.m4s")
        }
        try await archive.recover()
        #expect(!orphan.exists)
        try await eventually("the trash to be emptied") { !rubbish.exists }
    }

    @Test(
        "A deletion that was interrupted is finished",
        arguments: [Clip.Status.ready, .recording]
    )
    func interruptedDeletion(_ status: Clip.Status) async throws {
        let clip = Clip.example(status: status)
        let archive = try storage.open()
        let table = try storage.table()
        try await table.insert(clip)
        _ = try await table.markDeleted(clip.id)
        let folder = storage.layout.folder(clip)
        try folder.create()
        try folder.write([1], to: "000001.m4s")

        try await archive.recover()
        #expect(!folder.exists)
        try await eventually("the rest to be removed") {
            let left = try await table.deleted()
            return left.isEmpty && !storage.layout.trash(clip.id).exists
        }
    }

    @Test("A deletion that was interrupted between the two ends of the trash is finished")
    func deletionHalfDone() async throws {
        let clip = Clip.example(status: .ready)
        let archive = try storage.open()
        let table = try storage.table()
        try await table.insert(clip)
        _ = try await table.markDeleted(clip.id)
        for folder in [storage.layout.final(clip), storage.layout.trash(clip.id)] {
            try folder.create()
            try folder.write([1], to: "000001.m4s")
        }
        try await archive.recover()
        #expect(!storage.layout.final(clip).exists)
        try await eventually("the rest to be removed") {
            let left = try await table.deleted()
            return left.isEmpty && !storage.layout.trash(clip.id).exists
        }
    }

    @Test("Nothing to take up is no trouble, and finished clips are left alone")
    func nothing() async throws {
        let archive = try storage.open()
        let clip = Clip.fullExample()
        try await storage.table().insert(clip)
        try await archive.recover()
        #expect(try await archive.clips(limit: 9) == [clip])
        #expect(storage.log.all.isEmpty)
    }

    @Test("An archive of a newer program is refused")
    func newer() throws {
        _ = try storage.open()
        let database = try Database(path: storage.folder.path + "/database.db", mode: .readWrite)
        try database.execute("PRAGMA user_version = 7")
        #expect(throws: ArchiveError.databaseTooNew(version: 7)) { try storage.open() }
    }
}
