import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Clip archive: when footage, disk or ffmpeg fail", .timeLimit(.minutes(3)))
struct ClipArchiveTroubleTests {
    private let storage: Storage
    private let recording: Recording

    init() async throws {
        storage = try Storage()
        recording = try await Recording(from: .soon)
    }

    @Test("Footage that ends early gives a clip that says what is missing")
    func endsEarly() async throws {
        let archive = try storage.open()
        let footage = ScriptedFootage(recording.segments.prefix(5))
        let id = try await archive.trigger(.example(recording, at: .seconds(4)), footage: footage)
            .id
        await footage.end()
        let clip = try await archive.finished(id)
        #expect(clip.status == .ready)
        #expect(clip.duration == 3)
        #expect(clip.end == recording.start + .seconds(5))
        #expect(!clip.coverage.complete)
        #expect(
            clip.coverage.gaps == [
                .init(
                    start: recording.start + .seconds(5),
                    end: clip.requestedEnd,
                    reason: "the recording ended early"
                )
            ]
        )
    }

    @Test("Footage whose times are in doubt gives a clip that says so, wherever it is written down")
    func inaccurate() async throws {
        let archive = try storage.open()
        // As a camera that is late for a while: of what came then nobody knows.
        let segments = recording.segments(within: .microseconds(30_001))
        let doubtful = recording.segments(within: .milliseconds(700))
        let footage = ScriptedFootage(segments.prefix(4))
        let trigger = Trigger.example(recording, at: .milliseconds(3500))
        let accepted = try await archive.trigger(trigger, footage: footage)
        #expect(accepted.accuracy == 0.031 && accepted.coverage.reason == nil)
        await footage.arrive(doubtful[4..<5] + segments[5...])
        let clip = try await archive.finished(accepted.id)

        #expect(clip.status == .ready && clip.accuracy == 0.7)
        #expect(!clip.coverage.complete && clip.coverage.gaps.isEmpty)
        #expect(clip.coverage.reason?.hasPrefix("the times may be off by up to 0.7 s: ") == true)
        let manifest = try storage.layout.final(clip).manifest()
        #expect(manifest.clip == clip)
        #expect(manifest.segments.map(\.accuracy?.wholeMicroseconds).contains(700_000))
        await archive.shutDown()

        _ = try await DatabaseRebuild()
            .run(root: storage.layout.root, databasePath: storage.databasePath) { _ in }
        #expect(try await storage.table().clip(clip.id) == clip)
    }

    /// A clip whose window's end another run has come to.
    private func clip(goingOnWith second: Recording) async throws -> Clip {
        let archive = try storage.open()
        let footage = ScriptedFootage(recording.segments)
        let trigger = Trigger.example(recording, at: .seconds(8), after: .seconds(3))
        let id = try await archive.trigger(trigger, footage: footage).id
        await footage.arrive(second.segments)
        return try await archive.finished(id)
    }

    @Test("A camera that was down in between gives a clip of two runs, with the gap told")
    func twoRuns() async throws {
        let second = try await Recording(
            TestVideo(seconds: 3, size: "160x90", keyframeInterval: 25),
            from: recording.end + .seconds(1),
            ordinal: 1
        )
        let clip = try await clip(goingOnWith: second)
        #expect(clip.status == .ready)
        #expect(clip.duration == 4)
        #expect(clip.coverage.gaps.map(\.reason) == ["the camera was down"])
        #expect(try await frameHashes(of: storage.video(clip)).count == 100)
        let playlist = try storage.playlist(storage.layout.final(clip))
        #expect(playlist.contains("#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI=\"init-2.mp4\"\n"))
    }

    @Test("A camera that comes back with another picture gives one clip of the larger size")
    func otherPicture() async throws {
        let second = try await Recording(
            TestVideo(
                video: .h265,
                audio: .aac,
                seconds: 3,
                size: "320x180",
                keyframeInterval: 25
            ),
            from: recording.end + .seconds(1),
            ordinal: 1
        )
        let clip = try await clip(goingOnWith: second)
        #expect(clip.status == .ready)
        #expect(clip.duration == 4)
        #expect([clip.width, clip.height] == [320, 180])
        #expect(clip.videoCodec == "h264")
        #expect(clip.audioCodec == "aac")
        #expect(
            clip.coverage.gaps == [
                .init(
                    start: recording.end,
                    end: second.start,
                    reason: "the camera was down"
                )
            ]
        )
        #expect(try await MediaProbe.frames(of: storage.video(clip)).count == 100)
        let playlist = try storage.playlist(storage.layout.final(clip))
        #expect(playlist.contains("#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI=\"init-2.mp4\"\n"))
    }

    @Test("A camera that comes back with sound gives a playlist that has it throughout")
    func soundAppears() async throws {
        let second = try await Recording(
            TestVideo(audio: .aac, seconds: 3, size: "160x90", keyframeInterval: 25),
            from: recording.end + .seconds(1),
            ordinal: 1
        )
        let clip = try await clip(goingOnWith: second)
        #expect(clip.status == .ready && clip.audioCodec == "aac")
        let folder = storage.layout.final(clip)
        // Under other names: what players have already got must not change.
        let names = Set(folder.names)
        #expect(!names.contains("init-1.mp4") && !names.contains("000001.m4s"))
        let playlist = try storage.playlist(folder)
        #expect(playlist.contains("#EXT-X-MAP:URI=\"init-3.mp4\"\n"))
        let manifest = try folder.manifest()
        let needed = manifest.segments.flatMap { [$0.file, $0.initFile] }
        #expect(names == Set((manifest.files ?? []).map(\.name) + ["clip.json"]))
        #expect(names.isSuperset(of: needed))
        for initFile in Set(manifest.segments.map(\.initFile)) {
            #expect(try SegmentFile.readInit(folder.file(initFile)).audio?.codec == "aac")
        }
    }

    @Test("A camera that comes back after the window's end does not hold the clip up")
    func backTooLate() async throws {
        let archive = try storage.open()
        let footage = ScriptedFootage(recording.segments.prefix(5))
        let id = try await archive.trigger(.example(recording, at: .seconds(4)), footage: footage)
            .id
        // Those of the sixth second are lost.
        await footage.arrive(recording.segments.dropFirst(6))
        let clip = try await archive.finished(id)
        #expect(clip.status == .ready)
        #expect(clip.coverage.gaps.map(\.reason) == ["the recording ended early"])
    }

    @Test("A camera that has gone silent for good does not hold its clip for ever")
    func silent() async throws {
        let past = try await Recording(from: .event)
        let archive = try storage.open()
        let footage = ScriptedFootage(past.segments.prefix(5))
        let id = try await archive.trigger(.example(past, at: .seconds(4)), footage: footage).id
        let clip = try await archive.finished(id)
        #expect(clip.status == .ready)
        #expect(clip.duration == 3)
    }

    @Test("A camera that lags is waited for as much longer, for as long as it lags")
    func lagging() async throws {
        let past = try await Recording(from: .event)
        let archive = try storage.open()
        let late = ScriptedFootage(past.segments.prefix(5))
        let lost = ScriptedFootage(past.segments.prefix(5))
        for footage in [late, lost] { await footage.fallBehind(by: .seconds(60)) }
        let trigger = Trigger.example(past, at: .seconds(4))
        let whole = try await archive.trigger(trigger, footage: late).id
        let cut = try await archive.trigger(trigger, footage: lost).id
        try await eventually("the usual time is over", timeout: .seconds(30)) {
            // Once a second, from the first on.
            await min(late.lagQuestions, lost.lagQuestions) > 10
        }
        for footage in [late, lost] { #expect(await !footage.isClosed) }

        await late.arrive(past.segments.dropFirst(5))
        await lost.fallBehind(by: .zero)
        #expect(try await archive.finished(whole).coverage.complete)
        let clip = try await archive.finished(cut)
        #expect(clip.status == .ready && clip.duration == 3 && !clip.coverage.complete)
    }

    @Test("Without any footage in its window a clip fails, and says so")
    func noFootage() async throws {
        let archive = try storage.open()
        let footage = ScriptedFootage([])
        let id = try await archive.trigger(.example(recording, at: .seconds(4)), footage: footage)
            .id
        await footage.end()
        let clip = try await archive.finished(id)
        #expect(clip.status == .failed)
        #expect(clip.error == "nothing was recorded in this clip's window")
        #expect(clip.coverage.gaps.map(\.reason) == ["nothing was recorded"])
        #expect(clip.size == nil && clip.start == nil && clip.duration == nil)
        #expect(try storage.layout.final(clip).manifest().clip == clip)
    }

    @Test("When ffmpeg fails, the clip has its true words, and its footage can still be played")
    func brokenFFmpeg() async throws {
        let tools = try TemporaryFolder()
        let ffmpeg = try FFmpeg.fake("echo 'out of cheese' >&2; exit 3", in: tools)
        let archive = try storage.open(ffmpeg: ffmpeg)
        let footage = ScriptedFootage(recording.segments)
        let id = try await archive.trigger(.example(recording, at: .seconds(4)), footage: footage)
            .id
        let clip = try await archive.finished(id)
        #expect(clip.status == .failed)
        #expect(clip.error == "ffmpeg ended with exit code 3: out of cheese")
        #expect(clip.coverage.complete)
        #expect(clip.size == nil)
        let playlist = URL(filePath: archive.path(of: .playlist, in: clip))
        #expect(try await MediaProbe.decodesWithoutError(playlist))
        #expect(try storage.layout.final(clip).manifest().segments.count == 4)
        // Tried once more before it was given up, and no thumbnail either.
        #expect(storage.log.all.contains { $0.hasSuffix("out of cheese; once more") })
        #expect(storage.log.all.contains { $0.contains("has no thumbnail") })
    }

    @Test("When ffmpeg fails only once, the clip is ready")
    func onceBrokenFFmpeg() async throws {
        let tools = try TemporaryFolder()
        let real = try FFmpeg().path
        let mark = tools.file("mark").path
        let ffmpeg = try FFmpeg.fake(
            """
            case "$*" in *clip.mp4) mkdir \(mark) 2>/dev/null && exit 1;; esac
            exec \(real) "$@"
            """,
            in: tools
        )
        let archive = try storage.open(ffmpeg: ffmpeg)
        let footage = ScriptedFootage(recording.segments)
        let id = try await archive.trigger(.example(recording, at: .seconds(4)), footage: footage)
            .id
        let clip = try await archive.finished(id)
        #expect(exists(mark))
        #expect(clip.status == .ready)
        try await expectExact(clip, of: recording, in: storage)
    }

    @Test("A segment that has gone before it could be kept is a gap, no end of the clip")
    func lostSegment() async throws {
        let archive = try storage.open()
        let footage = ScriptedFootage(recording.segments.prefix(4))
        let id = try await archive.trigger(.example(recording, at: .seconds(4)), footage: footage)
            .id
        try FileManager.default.removeItem(atPath: recording.segments[4].path)
        for segment in recording.segments[4...] {
            await footage.arrive([segment])
            try await eventually("its release") { await footage.released >= segment.sequence }
            if segment.end >= recording.start + .seconds(6) { break }
        }
        let clip = try await archive.finished(id)
        #expect(clip.status == .ready)
        #expect(clip.duration == 3)
        #expect(clip.coverage.gaps.map(\.reason) == ["the camera was down"])
        #expect(storage.log.all.contains { $0.contains("cannot keep a segment") })
    }

    @Test("A trigger whose pre-roll cannot be kept is refused and leaves nothing")
    func unkeptPreRoll() async throws {
        let archive = try storage.open()
        try FileManager.default.removeItem(atPath: recording.segments[3].path)
        let footage = ScriptedFootage(recording.segments)
        await #expect(throws: ArchiveError.file(action: "link a segment", errno: ENOENT)) {
            try await archive.trigger(.example(recording, at: .seconds(4)), footage: footage)
        }
        #expect(try await archive.count() == 0)
        #expect(ClipFolder(path: storage.layout.stagingRoot).names.isEmpty)
        #expect(await footage.isClosed)
    }
}
