import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Clip maker: runs that differ", .timeLimit(.minutes(5)))
struct ClipJoiningTests {
    private let bench: MakerBench

    init() throws {
        bench = try MakerBench()
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// The runs, one a second after the other.
        let runs: [TestVideo]
        let picture: JoinPlan.Picture
        var sound = JoinPlan.Sound.none
        var size = [160, 90]
        /// ffmpeg's, for the last run.
        var options: [String] = []
    }

    private static func video(
        _ codec: TestVideo.VideoCodec = .h264,
        sound: TestVideo.AudioCodec? = nil,
        seconds: Double = 2,
        size: String = "160x90",
        rate: Int = 25,
        bFrames: Int = 0
    ) -> TestVideo {
        TestVideo(
            video: codec,
            audio: sound,
            seconds: seconds,
            size: size,
            rate: rate,
            keyframeInterval: rate,
            bFrames: bFrames
        )
    }

    private static let h264 = JoinPlan.Picture.copied(codec: "h264")

    @Test(
        "Every frame of every run is shown once, at its moment",
        arguments: [
            Case(
                testDescription: "the picture grows",
                runs: [video(), video(size: "320x180")],
                picture: .encoded,
                size: [320, 180]
            ),
            Case(
                testDescription: "the picture changes shape, with sound",
                runs: [video(sound: .aac, size: "320x180"), video(sound: .aac, size: "160x120")],
                picture: .encoded,
                sound: .encoded,
                size: [320, 180]
            ),
            Case(
                testDescription: "H.264, then H.265",
                runs: [video(), video(.h265)],
                picture: .encoded
            ),
            Case(
                testDescription: "H.265 with B-frames, then H.264 with them",
                runs: [video(.h265, bFrames: 2), video(bFrames: 3)],
                picture: .encoded
            ),
            Case(
                testDescription: "another rate",
                runs: [video(), video(rate: 10)],
                picture: .encoded
            ),
            Case(
                testDescription: "other parameter sets, the same size",
                runs: [video(), video()],
                picture: .encoded,
                options: ["-profile:v", "baseline", "-refs", "3"]
            ),
            Case(
                testDescription: "one run is a single frame",
                runs: [video(), video(seconds: 0.04), video(size: "320x180")],
                picture: .encoded,
                size: [320, 180]
            ),
            Case(
                testDescription: "three runs, with sound in the second only",
                runs: [video(), video(.h265, sound: .aac), video()],
                picture: .encoded,
                sound: .encoded
            ),
            Case(
                testDescription: "sound appears",
                runs: [video(), video(sound: .aac)],
                picture: h264,
                sound: .encoded
            ),
            Case(
                testDescription: "sound vanishes, through B-frames",
                runs: [video(sound: .aac, bFrames: 3), video(bFrames: 3)],
                picture: h264,
                sound: .encoded
            ),
            Case(
                testDescription: "nothing but the run changes, with B-frames and a single frame",
                runs: [video(bFrames: 3), video(seconds: 0.04, bFrames: 3), video(bFrames: 3)],
                picture: h264
            ),
            Case(
                testDescription: "nothing but the run changes, with sound",
                runs: [video(sound: .aac), video(sound: .aac), video(sound: .aac)],
                picture: h264,
                sound: .copied(codec: "aac")
            ),
        ]
    )
    func joined(_ example: Case) async throws {
        var recordings: [Recording] = []
        for (index, run) in example.runs.enumerated() {
            recordings.append(
                try await Recording(
                    run,
                    from: recordings.last.map { $0.end + .seconds(1) } ?? .event,
                    ordinal: index,
                    options: index == example.runs.count - 1 ? example.options : []
                )
            )
        }
        // From within a group of pictures to within another.
        let end = try #require(recordings.last).end
        let window = ClipWindow(start: .event + .milliseconds(520), end: end - .milliseconds(320))
        let (cut, plan) = try await bench.make(recordings, window)
        #expect(cut.pieces.count == recordings.count)
        #expect(plan.picture == example.picture)
        #expect(plan.sound == example.sound)

        let probe = try await MediaProbe(bench.video)
        #expect(try MediaProbe.moovBeforeMdat(bench.video))
        #expect(try await MediaProbe.decodingErrors(of: bench.video) == "")
        #expect(probe.video?.codec == plan.videoCodec)
        #expect([probe.video?.width, probe.video?.height] == example.size)
        #expect(probe.audio?.codec == plan.audioCodec)
        let length = cut.duration.seconds
        #expect(abs((probe.duration ?? 0) - length) < 0.002)
        #expect(abs((probe.video?.duration ?? 0) - length) < 0.002)
        if let sound = probe.audio { #expect(abs((sound.duration ?? 0) - length) < 0.03) }
        try await bench.expectFrames(of: recordings, cut, plan)
        let left = bench.folder.names.filter { !$0.hasSuffix(".m4s") && !$0.hasPrefix("init-") }
        #expect(left == [ClipMaker.videoName])
    }

    @Test("A picture of another shape has black beside it, and is not stretched")
    func letterboxed() async throws {
        let upright = try await Recording(
            TestVideo(seconds: 1, size: "90x160", keyframeInterval: 25),
            from: .event + .seconds(2),
            ordinal: 1
        )
        let wide = try await Recording(
            TestVideo(seconds: 1, size: "320x180", keyframeInterval: 25),
            options: ["-vf", "drawbox=color=white:t=fill"]
        )
        let window = ClipWindow(start: .event, end: .event + .seconds(3))
        _ = try await bench.make([wide, upright], window)
        let output = try await TestSupport.ChildProcess.check(
            "ffmpeg",
            ["-v", "error", "-i", bench.video.path, "-vf", "format=gray"]
                + ["-fps_mode", "passthrough", "-f", "rawvideo", "-"]
        )
        let pixels = [UInt8](output.standardOutput)
        let (width, height) = (320, 180)
        #expect(pixels.count == 50 * width * height)
        func brightest(_ frame: Int, _ columns: Range<Int>) -> UInt8 {
            var most: UInt8 = 0
            for row in frame * height..<(frame + 1) * height {
                for column in columns { most = max(most, pixels[row * width + column]) }
            }
            return most
        }
        // All of the first piece is white.
        #expect(brightest(0, 0..<4) > 200)
        // 90 by 160 becomes 102 by 180, in the middle.
        #expect(brightest(30, 0..<104) < 40)
        #expect(brightest(30, 114..<206) > 100)
        #expect(brightest(30, 216..<320) < 40)
    }

    @Test("A run whose sound fell silent for good before the clip begins is no obstacle")
    func emptySound() async throws {
        let fading = try await Recording(
            TestVideo(audio: .aac, seconds: 3, size: "160x90", keyframeInterval: 25),
            options: ["-af", "atrim=end=0.8"]
        )
        let mute = try await Recording(
            TestVideo(seconds: 1, size: "160x90", keyframeInterval: 25),
            from: fading.end + .seconds(1),
            ordinal: 1
        )
        let window = ClipWindow(start: .event + .milliseconds(1520), end: mute.end)
        let (cut, plan) = try await bench.make([fading, mute], window)
        #expect(plan.sound == .encoded)
        #expect(try await MediaProbe.decodingErrors(of: bench.video) == "")
        let probe = try await MediaProbe(bench.video)
        #expect(abs((probe.audio?.duration ?? 0) - cut.duration.seconds) < 0.03)
        #expect(abs((probe.video?.duration ?? 0) - cut.duration.seconds) < 0.002)
    }

    @Test("Sound keeps its moment, and where a run has none there is silence")
    func silence() async throws {
        let mute = try await Recording(
            TestVideo(seconds: 2, size: "160x90", keyframeInterval: 25)
        )
        let loud = try await Recording(
            TestVideo(audio: .aac, seconds: 2, size: "160x90", keyframeInterval: 25),
            from: mute.end + .seconds(1),
            ordinal: 1
        )
        let window = ClipWindow(start: .event + .seconds(1), end: loud.end)
        let (cut, _) = try await bench.make([mute, loud], window)
        let output = try await TestSupport.ChildProcess.check(
            "ffmpeg",
            ["-hide_banner", "-nostats", "-i", bench.video.path, "-map", "0:a"]
                + ["-af", "silencedetect=n=-40dB:d=0.4", "-f", "null", "-"]
        )
        let silences = output.errorText.split(separator: "\n").filter { $0.contains("silence_end") }
        #expect(silences.count == 1)
        let words = silences.first?.split(separator: " ") ?? []
        let end = words.firstIndex(of: "silence_end:").flatMap { Double(words[$0 + 1]) }
        // An AAC frame is 21 ms.
        #expect(abs((end ?? 0) - cut.pieces[0].duration.seconds) < 0.05)
    }
}
