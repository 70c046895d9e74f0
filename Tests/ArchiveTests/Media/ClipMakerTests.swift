import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Clip maker", .timeLimit(.minutes(3)))
struct ClipMakerTests {
    private let root: TemporaryFolder
    private let folder: ClipFolder
    private let maker: ClipMaker
    private var video: URL { URL(filePath: folder.file(ClipMaker.videoName)) }

    init() throws {
        root = try TemporaryFolder()
        folder = ClipFolder(path: root.path)
        maker = ClipMaker(ffmpeg: try FFmpeg(), directory: root.path)
    }

    /// Brings a recording's files into the clip's folder, as a recorder does.
    private func freeze(_ recordings: Recording...) throws -> [FrozenSegment] {
        var frozen: [FrozenSegment] = []
        for segment in recordings.flatMap(\.segments) {
            let name = "\(segment.run.id)-\(segment.name)"
            try folder.adopt(segment.path, as: name)
            try folder.adopt(segment.run.initPath, as: "init-\(segment.run.id).mp4")
            frozen.append(
                FrozenSegment(
                    file: name,
                    initFile: "init-\(segment.run.id).mp4",
                    run: segment.run.id,
                    mediaStart: segment.mediaStart,
                    duration: segment.duration,
                    start: segment.start,
                    end: segment.end,
                    bytes: segment.bytes,
                    startsOnKeyframe: segment.startsOnKeyframe
                )
            )
        }
        return frozen
    }

    private func cut(_ segments: [FrozenSegment], _ window: ClipWindow) throws -> ClipCut {
        // As from a recorder: only what the window touches.
        let touched = segments.filter { $0.start < window.end && $0.end > window.start }
        return try ClipCut(touched, window: window) { segment in
            let media = try SegmentFile.readInit(folder.file(segment.initFile))
            let track = try #require(media.video)
            return try SegmentFile.readTiming(folder.file(segment.file), track: track).frameTimes
        }
    }

    /// Makes the clip and checks all that holds for every one.
    private func make(
        _ recordings: Recording...,
        from start: Duration,
        for length: Duration,
        codec: String = "h264"
    ) async throws -> MediaProbe {
        let begin = recordings[0].start + start
        let window = ClipWindow(start: begin, end: begin + length)
        var segments: [FrozenSegment] = []
        for recording in recordings { segments += try freeze(recording) }
        let cut = try cut(segments, window)
        try await maker.makeVideo(cut, codec: codec, start: begin)

        #expect(try MediaProbe.moovBeforeMdat(video))
        #expect(try await MediaProbe.decodingErrors(of: video) == "")
        var expected: ArraySlice<String> = []
        for recording in recordings {
            let hashes = try await frameHashes(of: recording.source)
            expected += hashes[recording.frames(showing: window)]
        }
        #expect(try await frameHashes(of: video) == Array(expected))
        let probe = try await MediaProbe(video)
        let shown = try #require(probe.video?.duration)
        #expect(abs(shown - cut.duration.seconds) < 0.002)
        return probe
    }

    @Test("Cuts to the frame, wherever the start lies", arguments: [(25, 4520), (15, 3000)])
    func exact(_ rate: Int, _ length: Int) async throws {
        let recording = try await Recording(
            TestVideo(seconds: 8, size: "160x90", rate: rate, keyframeInterval: rate)
        )
        for start in [0, 40, 41, 999, 1000, 2500] {
            let probe = try await make(
                recording,
                from: .milliseconds(start),
                for: .milliseconds(length)
            )
            #expect(probe.audio == nil)
        }
    }

    @Test("Cuts to the frame through B-frames")
    func bFrames() async throws {
        let recording = try await Recording(
            TestVideo(seconds: 6, size: "160x90", keyframeInterval: 25, bFrames: 3)
        )
        for start in [0, 520, 1030, 1999] {
            _ = try await make(recording, from: .milliseconds(start), for: .seconds(3))
        }
    }

    @Test("Cuts to the frame through keyframes that are far apart")
    func longGOP() async throws {
        let recording = try await Recording(
            TestVideo(seconds: 10, size: "160x90", keyframeInterval: 125)
        )
        _ = try await make(recording, from: .milliseconds(3210), for: .seconds(4))
    }

    @Test("H.265 is tagged hvc1, which is what Apple's players ask for")
    func hevc() async throws {
        let recording = try await Recording(
            TestVideo(video: .h265, seconds: 5, size: "160x90", keyframeInterval: 25)
        )
        let probe = try await make(
            recording,
            from: .milliseconds(730),
            for: .seconds(3),
            codec: "hevc"
        )
        #expect(probe.video?.codec == "hevc")
        #expect(try Data(contentsOf: video).range(of: Data("hvc1".utf8)) != nil)
        #expect(try Data(contentsOf: video).range(of: Data("hev1".utf8)) == nil)
    }

    @Test("Sound is there, as long as the picture, and at its moment", arguments: [0, 700, 1480])
    func sound(_ start: Int) async throws {
        // A beep at the beginning of each second.
        let recording = try await Recording(
            TestVideo(audio: .aac, seconds: 8, size: "160x90", keyframeInterval: 25),
            options: ["-af", "volume='lt(mod(t,1),0.2)':eval=frame"]
        )
        let probe = try await make(recording, from: .milliseconds(start), for: .seconds(5))
        let sound = try #require(probe.audio)
        #expect(sound.codec == "aac")
        #expect(abs((sound.duration ?? 0) - 5) < 0.1)
        // Without the end of the file, which ends a silence too.
        let beeps = try await beeps(in: video).filter { $0 < 4.9 }
        #expect(beeps.count >= 4)
        for beep in beeps {
            let phase = (beep + Double(start) / 1000).truncatingRemainder(dividingBy: 1)
            // An AAC frame and the filter's step are 21 ms each.
            #expect(min(phase, 1 - phase) < 0.06, "a beep at \(beep)")
        }
    }

    /// When silence gives way to sound, in seconds.
    private func beeps(in file: URL) async throws -> [Double] {
        let output = try await TestSupport.ChildProcess.check(
            "ffmpeg",
            ["-hide_banner", "-nostats", "-i", file.path, "-map", "0:a"]
                + ["-af", "silencedetect=n=-40dB:d=0.4", "-f", "null", "-"]
        )
        return output.errorText.split(separator: "\n").compactMap { line in
            guard let found = line.firstRange(of: "silence_end: ") else { return nil }
            return Double(line[found.upperBound...].prefix { $0 != " " })
        }
    }

    @Test("Two runs are joined: each cut to the frame, together as long as both")
    func twoRuns() async throws {
        let first = try await Recording(
            TestVideo(audio: .aac, seconds: 4, size: "160x90", keyframeInterval: 25)
        )
        let second = try await Recording(
            TestVideo(audio: .aac, seconds: 4, size: "160x90", keyframeInterval: 25),
            from: first.end + .seconds(1),
            ordinal: 1
        )
        let segments = try freeze(first, second)
        let window = ClipWindow(
            start: first.start + .milliseconds(1520),
            end: second.start + .milliseconds(2520)
        )
        let cut = try cut(segments, window)
        try await maker.makeVideo(cut, codec: "h264", start: window.start)

        #expect(try MediaProbe.moovBeforeMdat(video))
        #expect(try await MediaProbe.decodingErrors(of: video) == "")
        let hashes = try await frameHashes(of: first.source)
        let expected = Array(hashes[38...] + hashes[..<63])
        #expect(try await frameHashes(of: video) == expected)
        let probe = try await MediaProbe(video)
        #expect(abs((probe.video?.duration ?? 0) - cut.duration.seconds) < 0.041)
        #expect(abs((probe.audio?.duration ?? 0) - cut.duration.seconds) < 0.1)
        #expect(!folder.names.contains { $0.hasPrefix("part") })
    }

    @Test("The thumbnail is a picture of the moment, at most 640 pixels wide")
    func thumbnail() async throws {
        let recording = try await Recording(
            TestVideo(seconds: 2, size: "1280x720", keyframeInterval: 25)
        )
        let segment = try freeze(recording)[1]
        try await maker.makeThumbnail(of: segment, at: recording.frameTimes[40])
        let probe = try await MediaProbe(URL(filePath: folder.file(ClipMaker.thumbnailName)))
        #expect(probe.video?.codec == "mjpeg")
        #expect(probe.video?.width == 640)
        #expect(probe.video?.height == 360)
    }

    @Test("A smaller picture keeps its size")
    func smallThumbnail() async throws {
        let recording = try await Recording(TestVideo(seconds: 1, size: "320x180"))
        let segment = try freeze(recording)[0]
        try await maker.makeThumbnail(of: segment, at: segment.mediaStart)
        let probe = try await MediaProbe(URL(filePath: folder.file(ClipMaker.thumbnailName)))
        #expect(probe.video?.width == 320)
    }

    @Test("What ffmpeg complains of last is the error")
    func failure() async throws {
        let window = ClipWindow(start: .event, end: .event + .seconds(2))
        let cut = ClipCut([.example()], window: window) { [$0.mediaStart] }
        let error = await #expect(throws: ArchiveError.self) {
            try await maker.makeVideo(cut, codec: nil, start: window.start)
        }
        #expect("\(String(describing: error))".contains("No such file or directory"))
    }
}
