import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Clip archive: from trigger to clip", .timeLimit(.minutes(3)))
struct ClipArchiveTests {
    private let storage: Storage
    private let recording: Recording

    init() async throws {
        storage = try Storage()
        recording = try await Recording(from: .soon)
    }

    @Test("When a trigger is answered, its row is committed and its pre-roll safe")
    func accepted() async throws {
        let archive = try storage.open()
        let footage = ScriptedFootage(recording.segments.prefix(4))
        let clip = try await archive.trigger(
            .example(recording, at: .milliseconds(3500)),
            footage: footage
        )
        #expect(clip.status == .recording)
        #expect(try await storage.table().clip(clip.id) == clip)

        let staging = storage.layout.staging(clip.id)
        let manifest = try staging.manifest()
        #expect(manifest.clip == clip)
        #expect(manifest.segments.map(\.mediaStart) == recording.segments[1..<4].map(\.mediaStart))
        for (frozen, segment) in zip(manifest.segments, recording.segments.dropFirst()) {
            #expect(inode(staging.file(frozen.file)) == inode(segment.path))
            #expect(archive.path(of: .media(frozen.file), in: clip) == staging.file(frozen.file))
        }
        #expect(await footage.released == recording.segments[3].sequence)

        let playlist = try storage.playlist(staging)
        #expect(playlist.contains("#EXT-X-PLAYLIST-TYPE:EVENT\n"))
        #expect(playlist.contains("#EXT-X-MAP:URI=\"init-1.mp4\"\n"))
        #expect(playlist.contains("#EXT-X-START:TIME-OFFSET=0.500000,PRECISE=YES\n"))
        #expect(!playlist.contains("#EXT-X-ENDLIST"))
        await archive.shutDown()
    }

    @Test("When the post-roll has come, the clip is ready and exact")
    func ready() async throws {
        let archive = try storage.open()
        let footage = ScriptedFootage(recording.segments.prefix(4))
        let trigger = Trigger.example(recording, at: .milliseconds(3530))
        let id = try await archive.trigger(trigger, footage: footage).id
        for segment in recording.segments.dropFirst(4) { await footage.arrive([segment]) }
        let clip = try await archive.finished(id)

        #expect(clip.status == .ready)
        try await expectExact(clip, of: recording, in: storage)
        #expect(clip.coverage == Coverage(of: clip.window, by: [clipWide(clip)]))
        #expect(clip.coverage.complete)
        #expect(clip.start == recording.start + .milliseconds(1520))
        #expect(clip.end == recording.start + .milliseconds(5520))
        #expect(clip.size == storage.layout.final(clip).size(of: ClipMaker.videoName))
        #expect(clip.width == 160 && clip.height == 90)
        #expect(clip.videoCodec == "h264" && clip.audioCodec == nil)
        #expect(clip.label == "a label" && clip.metadata == trigger.metadata)
        #expect(clip.readyAt != nil && clip.error == nil)
        #expect(await footage.isClosed)

        let folder = storage.layout.final(clip)
        #expect(!storage.layout.staging(id).exists)
        let playlist = try storage.playlist(folder)
        #expect(playlist.contains("#EXT-X-PLAYLIST-TYPE:VOD\n"))
        #expect(playlist.hasSuffix("\n000005.m4s\n#EXT-X-ENDLIST\n"))
        let picture = archive.path(of: .thumbnail, in: clip)
        #expect(try await MediaProbe(URL(filePath: picture)).video?.width == 160)
        #expect(
            Set(folder.names) == [
                "clip.json", "clip.mp4", "index.m3u8", "init-1.mp4", "thumbnail.jpg",
                "000001.m4s", "000002.m4s", "000003.m4s", "000004.m4s", "000005.m4s",
            ]
        )
    }

    private func clipWide(_ clip: Clip) -> FrozenSegment {
        .example(duration: clip.window.duration, wall: clip.requestedStart - .event)
    }

    @Test("A clip's playlist plays as a whole, without an error")
    func playlistPlays() async throws {
        let archive = try storage.open()
        let footage = ScriptedFootage(recording.segments)
        let id = try await archive.trigger(.example(recording, at: .seconds(4)), footage: footage)
            .id
        let clip = try await archive.finished(id)
        let playlist = URL(filePath: archive.path(of: .playlist, in: clip))
        #expect(try await MediaProbe.decodingErrors(of: playlist) == "")
        #expect(try await MediaProbe.frames(of: playlist).count == 100)
    }

    @Test("The thumbnail is made while the post-roll is still coming")
    func earlyThumbnail() async throws {
        let archive = try storage.open()
        let footage = ScriptedFootage(recording.segments.prefix(4))
        let trigger = Trigger.example(recording, at: .milliseconds(3500))
        let clip = try await archive.trigger(trigger, footage: footage)
        try await eventually("the thumbnail", timeout: .seconds(30)) {
            exists(archive.path(of: .thumbnail, in: clip))
        }
        #expect(try await archive.clip(clip.id).status == .recording)
        await archive.shutDown()
    }

    @Test("Twenty overlapping triggers at once don't disturb each other, and share the footage")
    func overlapping() async throws {
        let archive = try storage.open()
        let recording = recording
        let clips = try await withThrowingTaskGroup { group in
            for number in 0..<20 {
                group.addTask {
                    let footage = ScriptedFootage(recording.segments.prefix(5))
                    let trigger = Trigger.example(
                        recording,
                        at: .seconds(3) + .milliseconds(number * 97)
                    )
                    let id = try await archive.trigger(trigger, footage: footage).id
                    for segment in recording.segments.dropFirst(5) {
                        await footage.arrive([segment])
                    }
                    return try await archive.finished(id)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(clips.map(\.id)).count == 20)
        #expect(try await archive.count() == 20)
        let hashes = try await frameHashes(of: recording.source)
        var copies = 0
        for clip in clips {
            #expect(clip.status == .ready && clip.coverage.complete, "\(clip.error ?? "")")
            let expected = recording.frames(showing: clip.window)
            #expect(try await frameHashes(of: storage.video(clip)) == Array(hashes[expected]))
            let folder = storage.layout.final(clip)
            for frozen in try folder.manifest().segments {
                let original = recording.segments.first { $0.mediaStart == frozen.mediaStart }
                if inode(folder.file(frozen.file)) != original.flatMap({ inode($0.path) }) {
                    copies += 1
                }
            }
        }
        #expect(copies == 0)
        let listed = try await archive.clips(limit: 100)
        #expect(listed == clips.sorted { $0.timestamp > $1.timestamp })
    }

    @Test("An archive that is closing takes no trigger, and finishes what it has the footage of")
    func closing() async throws {
        let archive = try storage.open()
        let running = ScriptedFootage(recording.segments.prefix(4))
        let trigger = Trigger.example(recording, at: .seconds(4))
        let id = try await archive.trigger(trigger, footage: running).id
        archive.close()
        let refused = ScriptedFootage(recording.segments)
        await #expect(throws: ArchiveError.shuttingDown) {
            try await archive.trigger(trigger, footage: refused)
        }
        #expect(await refused.isClosed)
        await running.arrive(recording.segments.dropFirst(4))
        #expect(try await archive.finished(id).status == .ready)
    }

    @Test("A clip that does not exist is not found")
    func notFound() async throws {
        let archive = try storage.open()
        await #expect(throws: ArchiveError.notFound) { try await archive.clip("none") }
        await #expect(throws: ArchiveError.notFound) { try await archive.delete("none") }
    }
}
