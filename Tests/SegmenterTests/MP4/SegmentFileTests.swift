import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("Segment file")
struct SegmentFileTests {
    @Test("Tells every frame's time as ffprobe does", arguments: SampleRun.Kind.allCases)
    func frameTimes(_ kind: SampleRun.Kind) async throws {
        let run = try await SampleRun.of(kind)
        let video = try #require(try SegmentFile.readInit(run.initPath).video)
        #expect(run.segments.count == 3)
        for path in run.segments {
            let timing = try SegmentFile.readTiming(path, track: video)
            let frames = try await MediaProbe.frames(of: try run.playable(path))
            #expect(timing.frameTimes.count == frames.count)
            // ffprobe rounds an edit list's delay to ticks of the track.
            let tick = 1 / Double(video.timescale)
            let errors = zip(timing.frameTimes, frames).map { abs($0.seconds - $1.pts) }
            #expect(errors.max()! < tick)
            #expect(timing.startsOnKeyframe == frames.first?.isKey)
            #expect(timing.frameInterval == .milliseconds(40))
        }
    }

    @Test("Each segment begins where the one before ends", arguments: SampleRun.Kind.allCases)
    func continuity(_ kind: SampleRun.Kind) async throws {
        let run = try await SampleRun.of(kind)
        let video = try #require(try SegmentFile.readInit(run.initPath).video)
        let timings = try run.segments.map { try SegmentFile.readTiming($0, track: video) }
        for (one, next) in zip(timings, timings.dropFirst()) {
            #expect(abs((next.start - one.end).seconds) < 0.000_002)
        }
    }

    @Test("A file's own header becomes a segment type and free space; the rest stays where it is")
    func hiddenHeader() async throws {
        let run = try await SampleRun.of(.h264AAC)
        let folder = try TemporaryFolder()
        let file = folder.file("000000.m4s")
        try FileManager.default.copyItem(at: URL(filePath: run.written[0]), to: file)
        let before = Array(try Data(contentsOf: file))
        let boxes = try FileBox.all(of: try File(reading: file.path))
        #expect(boxes.prefix(3).map(\.type) == ["ftyp", "moov", "moof"])
        let length = Int(boxes[2].offset)
        try SegmentFile.hideHeader(file.path, length: length)
        let after = Array(try Data(contentsOf: file))
        #expect(after.count == before.count && after[length...] == before[length...])
        let hidden = try FileBox.all(of: try File(reading: file.path))
        #expect(hidden.prefix(3).map(\.type) == ["styp", "free", "moof"])
        #expect(hidden.dropFirst(2).map(\.offset) == boxes.dropFirst(2).map(\.offset))
        #expect(throws: SegmenterError.self) { try SegmentFile.hideHeader(file.path, length: 20) }
    }

    @Test("A missing file is a system error")
    func missing() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("000001.m4s").path
        let expected = SegmenterError.system(call: "open", errno: ENOENT)
        #expect(throws: expected) { try SegmentFile.readInit(path) }
        #expect(throws: expected) { try SegmentFile.readTiming(path, track: Boxes.track) }
    }

    @Test("An empty file is refused")
    func empty() throws {
        let folder = try TemporaryFolder()
        let file = folder.file("000001.m4s")
        try Data().write(to: file)
        #expect(throws: SegmenterError.self) {
            try SegmentFile.readTiming(file.path, track: Boxes.track)
        }
        #expect(throws: SegmenterError.self) { try SegmentFile.readInit(file.path) }
    }
}
