import TestSupport
import Testing

@testable import Segmenter

@Suite("Run report")
struct RunReportTests {
    @Test("Says what the camera should be set to do otherwise, and nothing where all is well")
    func notices() {
        var report = RunReport()
        #expect(report.notices(bufferDuration: .seconds(60)).isEmpty)
        report.sinceKeyframe = .seconds(61)
        let keyframes = report.notices(bufferDuration: .seconds(60))
        #expect(keyframes.count == 1)
        #expect(keyframes[0].hasPrefix("no keyframe for longer than the ring holds (60 s)"))
        report.lacksSound = true
        #expect(report.notices(bufferDuration: .seconds(60)).count == 2)
    }

    @Test(
        "Tells what is recorded, how far apart frames are, and how long ago the last keyframe was"
    )
    func growing() async throws {
        let folder = try TemporaryFolder()
        let source = folder.file("source.mp4")
        try await TestVideo(audio: .aac, seconds: 4, keyframeInterval: 75).write(to: source)
        try await WrittenRun.record(source, in: folder)
        let bench = IntakeBench(folder.path)
        await bench.read()
        #expect(bench.report == nil)
        try await bench.readGradually(folder.path)
        let report = try #require(bench.report)
        #expect(report.isPlaced)
        #expect(report.media?.video?.codec == "h264" && report.media?.audio?.codec == "aac")
        #expect(report.usualInterval == .milliseconds(40))
        // A keyframe came after three seconds of four; the report is a second old at most.
        #expect(report.sinceKeyframe > .zero && report.sinceKeyframe <= .seconds(3))
        #expect(report.lag == .zero && !report.lacksSound && !report.hasForeignFileTimes)
        #expect(bench.misfit == nil && bench.losses.isEmpty)
    }

    @Test("What the camera did not send is a pause of its segment, and nothing is from the future")
    func pause() async throws {
        let folder = try TemporaryFolder()
        let source = folder.file("source.mp4")
        try await TestVideo(seconds: 2, keyframeInterval: 100).write(
            to: source,
            options: ["-vf", "setpts=PTS+gte(N\\,30)*3/TB", "-fps_mode", "passthrough"]
        )
        try await WrittenRun.record(source, in: folder)
        let growth = try WrittenRun.Growth(of: folder.path, number: 0)
        let bench = IntakeBench(folder.path)
        var number = 0
        while try growth.step() {
            // ffmpeg writes the sixth fragment when the first frame after the pause has come.
            await bench.read(after: number == 5 ? .milliseconds(3200) : .milliseconds(200))
            number += 1
            #expect(await bench.ring.segments.allSatisfy { $0.end <= bench.source.wall })
        }
        let segments = await bench.finish()
        #expect(bench.misfit == nil && bench.losses.isEmpty)
        let pause = try #require(segments.first?.pauses.first)
        #expect(abs((pause.end - pause.start).seconds - 3) < 0.25)
        #expect(pause.reason == "the camera sent nothing for 3 s")
    }
}
