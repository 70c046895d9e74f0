import TestSupport
import Testing

@testable import Segmenter

/// What is measured on footage that ffmpeg recorded.
@Suite("Profile of recorded footage")
struct RecordedProfileTests {
    private func profile(
        _ video: TestVideo,
        options: [String] = []
    ) async throws -> StreamProfile {
        let run = try await SampleRun.record(video, options: options)
        let track = try #require(try SegmentFile.readInit(run.initPath).video)
        var profiler = StreamProfiler()
        for path in run.segments {
            let timing = try SegmentFile.readTiming(path, track: track)
            profiler.add(timing.frames, bytes: Int(try File(reading: path).size))
        }
        return profiler.profile
    }

    @Test(
        "Rate, keyframes and B-frames are those of the encoder's settings",
        arguments: [
            (TestVideo(seconds: 4, keyframeInterval: 25), 25, 1.0, false),
            (TestVideo(seconds: 4, keyframeInterval: 37, bFrames: 2), 25, 1.48, true),
            (TestVideo(seconds: 3, keyframeInterval: 1), 25, 0.04, false),
            (TestVideo(seconds: 11, rate: 15, keyframeInterval: 75), 15, 5.0, false),
            (TestVideo(video: .h265, seconds: 4, keyframeInterval: 25, bFrames: 3), 25, 1.0, true),
        ]
    )
    func settings(_ video: TestVideo, _ rate: Double, _ group: Double, _ b: Bool) async throws {
        let profile = try await profile(video)
        #expect(abs((profile.frameRate ?? 0) - rate) < 0.01)
        #expect(abs((profile.groups?.median.seconds ?? 0) - group) < 0.001)
        #expect(profile.groups?.vary == false)
        #expect(profile.hasBFrames == b)
        #expect(!profile.hasVariableRate)
        #expect((profile.bitrate ?? 0) > 10_000)
    }

    @Test("A rate that changes with the light varies")
    func variableRate() async throws {
        let dropping = ["-vf", "select='lt(t,2)+not(mod(n,3))'", "-fps_mode", "vfr"]
        let profile = try await profile(TestVideo(seconds: 4), options: dropping)
        #expect(profile.hasVariableRate)
    }

    @Test("Keyframes at uneven intervals, as of a smart codec")
    func smartCodec() async throws {
        let uneven = ["-force_key_frames", "1,7,8"]
        let video = TestVideo(seconds: 9, keyframeInterval: 1000)
        let groups = try #require(try await profile(video, options: uneven).groups)
        #expect(groups.vary)
        #expect(groups.shortest == .seconds(1) && groups.longest == .seconds(6))
    }
}
