import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("Segment intake")
struct SegmentIntakeTests {
    private func intake(_ run: SampleRun) -> SegmentIntake {
        SegmentIntake(runID: "run1", directory: run.folder.path)
    }

    @Test("Turns a file into a segment, with all that is known of it")
    func takes() async throws {
        let run = try await SampleRun.of(.h264AAC)
        var intake = intake(run)
        let segment = try #require(try intake.take("000000.m4s", sequence: 41))
        #expect(segment.run.id == "run1")
        #expect(segment.run.media.audio?.codec == "aac")
        #expect(segment.run.initPath == run.initPath)
        #expect(segment.sequence == 41)
        #expect(segment.path == run.segments[0])
        // The encoder's priming samples come before the picture.
        #expect(segment.mediaStart == .milliseconds(21))
        #expect(segment.duration == .seconds(1))
        #expect(segment.end - segment.start == segment.duration)
        #expect(segment.frameInterval == .milliseconds(40))
        #expect(segment.startsOnKeyframe)
        #expect(try Data(contentsOf: URL(filePath: segment.path)).count == segment.bytes)
        // It was closed one frame after its end.
        let closed = try File(reading: segment.path).changed
        let error = segment.end - (closed - .milliseconds(40))
        #expect(abs(error.seconds) < 0.001)
    }

    @Test("Takes each file once, and none that is older than another")
    func once() async throws {
        var intake = intake(try await SampleRun.of(.h264))
        #expect(try intake.take("000001.m4s", sequence: 0) != nil)
        #expect(try intake.take("000001.m4s", sequence: 1) == nil)
        #expect(try intake.take("000000.m4s", sequence: 1) == nil)
        #expect(try intake.take("000002.m4s", sequence: 1) != nil)
    }

    @Test("Goes on when the numbers outgrow their six digits")
    func longNames() async throws {
        let run = try await SampleRun.of(.h264)
        let folder = try TemporaryFolder()
        let names = ["999998.m4s", "999999.m4s", "1000000.m4s"]
        for (name, source) in zip(names + ["init.mp4"], run.segments + [run.initPath]) {
            try FileManager.default.copyItem(atPath: source, toPath: folder.path + "/" + name)
        }
        var intake = SegmentIntake(runID: "run1", directory: folder.path)
        for (sequence, name) in names.enumerated() {
            #expect(try intake.take(name, sequence: sequence)?.name == name)
        }
    }

    @Test("A damaged or missing file is an error, and the next one is taken nonetheless")
    func damaged() async throws {
        let run = try await SampleRun.of(.h264)
        let folder = try TemporaryFolder()
        for (name, source) in [("init.mp4", run.initPath), ("000002.m4s", run.segments[2])] {
            try FileManager.default.copyItem(atPath: source, toPath: folder.path + "/" + name)
        }
        try Data("no media".utf8).write(to: folder.file("000001.m4s"))
        var intake = SegmentIntake(runID: "run1", directory: folder.path)
        #expect(throws: SegmenterError.self) { try intake.take("000000.m4s", sequence: 0) }
        #expect(throws: SegmenterError.self) { try intake.take("000001.m4s", sequence: 0) }
        #expect(try intake.take("000002.m4s", sequence: 0)?.mediaStart == .seconds(2))
    }
}
