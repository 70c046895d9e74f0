import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

/// Of a segment that is still growing a clip keeps what is there.
@Suite("Clip archive: segments that are still growing", .timeLimit(.minutes(3)))
struct ClipArchiveGrowingTests {
    private let storage: Storage
    private let recording: Recording

    init() async throws {
        storage = try Storage()
        recording = try await Recording(from: .soon)
    }

    @Test("A trigger freezes what has come of the newest segment; the whole one takes its place")
    func replaced() async throws {
        let archive = try storage.open()
        let cut = recording.cut(3, after: 2)
        let footage = ScriptedFootage(recording.segments.prefix(3) + [cut])
        let clip = try await archive.trigger(
            .example(recording, at: .milliseconds(3400)),
            footage: footage
        )
        let staging = storage.layout.staging(clip.id)
        let kept = try staging.manifest().segments
        #expect(kept.map(\.duration) == [.seconds(1), .seconds(1), .milliseconds(400)])
        #expect(staging.size(of: "000003.m4s") == cut.bytes)
        #expect(inode(staging.file("000003.m4s")) != inode(cut.path))
        #expect(!(try storage.playlist(staging).contains("000003.m4s")))
        #expect(await footage.released == 2)

        await footage.arrive([recording.segments[3]])
        try await eventually("its release") { await footage.released == 3 }
        #expect(inode(staging.file("000003.m4s")) == inode(recording.segments[3].path))
        #expect(try storage.playlist(staging).contains("000003.m4s"))
        await footage.arrive(recording.segments[4...])
        let ready = try await archive.finished(clip.id)
        try await expectExact(ready, of: recording, in: storage)
        #expect(ready.coverage.complete)
    }

    @Test("A clip is exact without the end of its last segment")
    func endsWithin() async throws {
        let archive = try storage.open()
        // The window ends 0.53 s into the sixth second.
        let trigger = Trigger.example(recording, at: .milliseconds(3530))
        let footage = ScriptedFootage(recording.segments.prefix(5))
        let id = try await archive.trigger(trigger, footage: footage).id
        await footage.arrive([recording.cut(5, after: 3)])
        let clip = try await archive.finished(id)
        try await expectExact(clip, of: recording, in: storage)
        #expect(clip.coverage.complete)
        let folder = storage.layout.final(clip)
        #expect(folder.size(of: "000005.m4s") == recording.cut(5, after: 3).bytes)
        #expect(try storage.playlist(folder).hasSuffix("\n000005.m4s\n#EXT-X-ENDLIST\n"))
        let playlist = URL(filePath: archive.path(of: .playlist, in: clip))
        #expect(try await MediaProbe.decodingErrors(of: playlist) == "")
        #expect(try await MediaProbe.frames(of: playlist).count == 115)
    }

    @Test("What was frozen of a growing segment outlives the program; the rest is a gap")
    func killed() async throws {
        let archive = try storage.open()
        let cut = recording.cut(3, after: 4)
        let footage = ScriptedFootage(recording.segments.prefix(3) + [cut])
        let trigger = Trigger.example(recording, at: .milliseconds(3800))
        let clip = try await archive.trigger(trigger, footage: footage)
        await archive.shutDown()
        // The ring goes with the program.
        for segment in recording.segments { unlink(segment.path) }
        try storage.layout.staging(clip.id).write([1, 2, 3], to: "000004.m4s.tmp")
        let next = try storage.open()
        try await next.recover()
        let ready = try await next.finished(clip.id)
        #expect(ready.status == .ready)
        #expect(ready.duration == 2)
        #expect(
            ready.coverage.gaps == [
                .init(
                    start: recording.start + .milliseconds(3800),
                    end: clip.requestedEnd,
                    reason: "the recording ended early"
                )
            ]
        )
        #expect(!storage.layout.final(ready).names.contains { $0.hasSuffix(".tmp") })
        let hashes = try await frameHashes(of: recording.source)
        #expect(try await frameHashes(of: storage.video(ready)) == Array(hashes[45..<95]))
    }

    @Test("A camera that is down when the window ends is the reason for what is missing")
    func downAtTheEnd() async throws {
        let archive = try storage.open()
        let footage = ScriptedFootage(recording.segments.prefix(5))
        let id = try await archive.trigger(.example(recording, at: .seconds(4)), footage: footage)
            .id
        await footage.end("nothing answers at this address")
        let clip = try await archive.finished(id)
        #expect(clip.coverage.gaps.map(\.reason) == ["nothing answers at this address"])
        #expect(clip.coverage.gaps.map(\.start) == [recording.start + .seconds(5)])
    }
}
