import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Clip archive: a storage that fails", .timeLimit(.minutes(3)))
struct ClipArchiveStorageTests {
    private let recording: Recording

    init() async throws {
        recording = try await Recording(from: .soon)
    }

    /// A clip of seconds 2 to 6, of which 4 have come.
    private func begun(_ archive: ClipArchive) async throws -> (Clip, ScriptedFootage) {
        let footage = ScriptedFootage(recording.segments.prefix(4))
        let clip = try await archive.trigger(.example(recording, at: .seconds(4)), footage: footage)
        return (clip, footage)
    }

    @Test(
        "While nothing can be written the ring keeps the footage; then the clip goes on, and is whole",
        .enabled(if: MountedFolder.isPossible, "only root can mount")
    )
    func readOnlyUnderWay() async throws {
        let mounted = try MountedFolder()
        let storage = try Storage(root: mounted.path)
        let archive = try storage.open()
        let (clip, footage) = try await begun(archive)
        let released = await footage.released
        try await mounted.remount(isReadOnly: true)
        await footage.arrive(recording.segments[4...])
        try await eventually("a complaint") {
            storage.log.all.contains {
                $0.contains("cannot keep a segment") && $0.hasSuffix("Read-only file system")
            }
        }
        #expect(await footage.released == released)
        try await mounted.remount(isReadOnly: false)
        let ready = try await archive.finished(clip.id)
        #expect(ready.status == .ready && ready.coverage.complete)
        try await expectExact(ready, of: recording, in: storage)
        // Said once, not every second.
        #expect(storage.log.all.count { $0.contains("cannot keep a segment") } == 1)
    }

    @Test(
        "That ffmpeg fails on a storage that cannot be written is no failure of the clip",
        .enabled(if: MountedFolder.isPossible, "only root can mount")
    )
    func readOnlyAtTheEnd() async throws {
        let mounted = try MountedFolder()
        let storage = try Storage(root: mounted.path)
        let tools = try TemporaryFolder()
        let ffmpeg = try FFmpeg.fake("mount -o remount,ro \(mounted.path); exit 1", in: tools)
        let archive = try storage.open(ffmpeg: ffmpeg)
        let (clip, footage) = try await begun(archive)
        await footage.arrive(recording.segments[4...])
        try await eventually("a complaint") {
            storage.log.all.contains {
                $0.contains("has to wait 10 s") && $0.hasSuffix("Read-only file system")
            }
        }
        #expect(try await archive.clip(clip.id).status == .processing)
        await archive.shutDown()
        try await mounted.remount(isReadOnly: false)

        let next = try storage.open()
        try await next.recover()
        let ready = try await next.finished(clip.id)
        #expect(ready.status == .ready && ready.coverage.complete)
        #expect(exists(next.path(of: .thumbnail, in: ready)))
    }

    @Test("A clip whose folder is removed under way has failed, and says so")
    func removed() async throws {
        let storage = try Storage()
        let archive = try storage.open()
        let (clip, footage) = try await begun(archive)
        storage.layout.staging(clip.id).removeAll()
        await footage.arrive(recording.segments[4...])
        let lost = try await archive.finished(clip.id)
        #expect(lost.status == .failed)
        #expect(lost.error == "its files were lost before it was finished")
        #expect(lost.coverage.gaps.map(\.reason) == ["nothing was recorded"])
        // Others are not concerned.
        let (other, more) = try await begun(archive)
        await more.arrive(recording.segments[4...])
        #expect(try await archive.finished(other.id).status == .ready)
    }

    @Test(
        "A storage on another file system than the ring gets copies, and its clips are exact",
        .enabled(if: OtherFileSystem.isThere, "there is no second file system here")
    )
    func otherFileSystem() async throws {
        let other = try OtherFileSystem()
        let storage = try Storage(root: other.path)
        let archive = try storage.open()
        let (clip, footage) = try await begun(archive)
        for segment in recording.segments.prefix(4) { unlink(segment.path) }
        await footage.arrive(recording.segments[4...])
        let ready = try await archive.finished(clip.id)
        #expect(ready.status == .ready && ready.coverage.complete)
        try await expectExact(ready, of: recording, in: storage)
    }

    /// What can happen to a segment's file.
    enum Damage: CaseIterable {
        case truncated, flipped, removed
    }

    @Test(
        "A damaged segment is a gap that is told, and its file is kept",
        arguments: Damage.allCases
    )
    func damaged(_ damage: Damage) async throws {
        let storage = try Storage()
        let archive = try storage.open()
        let (clip, footage) = try await begun(archive)
        let staging = storage.layout.staging(clip.id)
        let file = staging.file("000002.m4s")
        switch damage {
        case .truncated: truncate(file, off_t(recording.segments[3].bytes / 2))
        case .removed: unlink(file)
        case .flipped:
            var bytes = try Data(contentsOf: URL(filePath: file))
            let place = try #require(bytes.firstRange(of: Data("moof".utf8)))
            bytes[place.lowerBound] ^= 0x20
            try bytes.write(to: URL(filePath: file))
        }
        await footage.arrive(recording.segments[4...])
        let ready = try await archive.finished(clip.id)
        #expect(ready.status == .ready && ready.duration == 3)
        let (from, to) = (recording.start + .seconds(3), recording.start + .seconds(4))
        #expect(
            ready.coverage.gaps == [
                .init(start: from, end: to, reason: "the footage was damaged on the disk")
            ]
        )
        let folder = storage.layout.final(ready)
        #expect(try folder.manifest().segments.map(\.file).contains("000002.m4s") == false)
        #expect(folder.names.contains("000002.m4s.damaged") == (damage != .removed))
        #expect(try await MediaProbe.decodingErrors(of: storage.video(ready)) == "")
        #expect(
            storage.log.all.contains { $0.hasSuffix("goes without 000002.m4s, which is damaged") }
        )
    }

    @Test("A thumbnail that could not be made is tried once more at the end")
    func thumbnailAgain() async throws {
        let storage = try Storage()
        let tools = try TemporaryFolder()
        let mark = tools.file("mark").path
        let ffmpeg = try FFmpeg.fake(
            """
            case "$*" in *thumbnail.jpg) mkdir \(mark) 2>/dev/null && exit 1;; esac
            exec \(try FFmpeg().path) "$@"
            """,
            in: tools
        )
        let archive = try storage.open(ffmpeg: ffmpeg)
        let (clip, footage) = try await begun(archive)
        await footage.arrive(recording.segments[4...])
        let ready = try await archive.finished(clip.id)
        #expect(exists(mark))
        #expect(exists(archive.path(of: .thumbnail, in: ready)))
    }
}
