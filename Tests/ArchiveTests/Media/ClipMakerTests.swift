import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Clip maker", .timeLimit(.minutes(3)))
struct ClipMakerTests {
    private let bench: MakerBench
    private var video: URL { bench.video }

    init() throws {
        bench = try MakerBench()
    }

    /// Makes the clip and checks all that holds for every one.
    private func make(
        _ recordings: Recording...,
        from start: Duration,
        for length: Duration
    ) async throws -> MediaProbe {
        let begin = recordings[0].start + start
        let window = ClipWindow(start: begin, end: begin + length)
        let (cut, _) = try await bench.make(recordings, window)

        #expect(try MediaProbe.moovBeforeMdat(video))
        #expect(try await MediaProbe.decodingErrors(of: video) == "")
        var expected: ArraySlice<String> = []
        for recording in recordings {
            let hashes = try await frameHashes(of: recording.source)
            expected += hashes[recording.frames(showing: window)]
        }
        #expect(try await frameHashes(of: video) == Array(expected))
        // GStreamer ends a file early by what comes before its first frame shown: by a frame at most.
        let played = try #require(try await Players.gstreamer(video).pictures)
        #expect(expected.count - 1...expected.count ~= played)
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
            for: .seconds(3)
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
        let window = ClipWindow(
            start: first.start + .milliseconds(1520),
            end: second.start + .milliseconds(2520)
        )
        let (cut, plan) = try await bench.make([first, second], window)
        #expect(!plan.isEncoding)

        #expect(try MediaProbe.moovBeforeMdat(video))
        #expect(try await MediaProbe.decodingErrors(of: video) == "")
        let hashes = try await frameHashes(of: first.source)
        let expected = Array(hashes[38...] + hashes[..<63])
        #expect(try await frameHashes(of: video) == expected)
        let played = try #require(try await Players.gstreamer(video).pictures)
        #expect(expected.count - 1...expected.count ~= played)
        let probe = try await MediaProbe(video)
        #expect(abs((probe.video?.duration ?? 0) - cut.duration.seconds) < 0.002)
        #expect(abs((probe.audio?.duration ?? 0) - cut.duration.seconds) < 0.1)
        #expect(!bench.folder.names.contains { $0.hasPrefix("part") })
    }

    @Test("The thumbnail is a picture of the moment, at most 640 pixels wide")
    func thumbnail() async throws {
        let recording = try await Recording(
            TestVideo(seconds: 2, size: "1280x720", keyframeInterval: 25)
        )
        let segment = try bench.freeze(recording.segments)[1]
        try await bench.maker.makeThumbnail(of: [segment], at: recording.frameTimes[40])
        let probe = try await MediaProbe(URL(filePath: bench.folder.file(ClipMaker.thumbnailName)))
        #expect(probe.video?.codec == "mjpeg")
        #expect(probe.video?.width == 640)
        #expect(probe.video?.height == 360)
    }

    @Test("A smaller picture keeps its size")
    func smallThumbnail() async throws {
        let recording = try await Recording(TestVideo(seconds: 1, size: "320x180"))
        let segment = try bench.freeze(recording.segments)[0]
        try await bench.maker.makeThumbnail(of: [segment], at: segment.mediaStart)
        let probe = try await MediaProbe(URL(filePath: bench.folder.file(ClipMaker.thumbnailName)))
        #expect(probe.video?.width == 320)
    }

    @Test("What was filmed upright stays upright, in the MP4 and in the picture")
    func turned() async throws {
        let recording = try await Recording(
            TestVideo(seconds: 3, size: "160x90", keyframeInterval: 25)
        )
        try turn(recording.segments[0].run.initPath)
        let window = ClipWindow(start: .event + .milliseconds(500), end: .event + .seconds(2))
        let (_, plan) = try await bench.make([recording], window)
        #expect(plan.width == 90 && plan.height == 160)
        let stream = try #require(try await MediaProbe(video).video)
        #expect([stream.width, stream.height] == [160, 90])
        #expect(stream.rotation == -90)

        let segment = try bench.freeze(recording.segments)[1]
        try await bench.maker.makeThumbnail(of: [segment], at: segment.mediaStart)
        let picture = URL(filePath: bench.folder.file(ClipMaker.thumbnailName))
        let shown = try #require(try await MediaProbe(picture).video)
        #expect([shown.width, shown.height] == [90, 160])
    }

    @Test("Pixels that are not square are in the picture")
    func pixelShape() async throws {
        let recording = try await Recording(
            TestVideo(seconds: 2, size: "176x144", keyframeInterval: 25),
            options: ["-vf", "setsar=12/11"]
        )
        let window = ClipWindow(start: .event, end: .event + .seconds(1))
        let (_, plan) = try await bench.make([recording], window)
        #expect(plan.width == 192 && plan.height == 144)

        let segment = try bench.freeze(recording.segments)[0]
        try await bench.maker.makeThumbnail(of: [segment], at: segment.mediaStart)
        let picture = URL(filePath: bench.folder.file(ClipMaker.thumbnailName))
        let shown = try #require(try await MediaProbe(picture).video)
        #expect([shown.width, shown.height] == [192, 144])
    }

    @Test("What ffmpeg complains of last is the error")
    func failure() async throws {
        let window = ClipWindow(start: .event, end: .event + .seconds(2))
        let cut = ClipCut([.example()], window: window) { [$0.mediaStart] }
        let plan = try JoinPlan([.example()])
        let error = await #expect(throws: ArchiveError.self) {
            try await bench.maker.makeVideo(cut, plan: plan, start: window.start)
        }
        #expect("\(String(describing: error))".contains("No such file or directory"))
    }
}
