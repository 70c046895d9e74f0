import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

/// Cameras whose keyframes let pictures follow that are made of earlier ones.
@Suite("Clip maker: open GOP", .timeLimit(.minutes(5)))
struct OpenGOPTests {
    private let bench: MakerBench

    init() throws {
        bench = try MakerBench()
    }

    struct Stream: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var codec = TestVideo.VideoCodec.h264
        let options: String
        var filter = "null"
    }

    private static let streams = [
        Stream(testDescription: "one B-frame", options: "bframes=1"),
        Stream(testDescription: "none of them a reference", options: "bframes=3:b-pyramid=none"),
        Stream(testDescription: "a pyramid", options: "bframes=3:ref=4:weightp=2"),
        Stream(testDescription: "many references", options: "bframes=7:ref=8:direct=temporal"),
        Stream(testDescription: "variable lengths", options: "bframes=3:cabac=0"),
        Stream(testDescription: "slices", options: "bframes=3:b-pyramid=strict:slices=3"),
        Stream(
            testDescription: "interlaced",
            options: "bframes=3:interlaced=1",
            filter: "setfield=tff"
        ),
        Stream(
            testDescription: "two groups in a segment",
            options: "keyint=16:min-keyint=9:bframes=3"
        ),
        Stream(testDescription: "H.265", codec: .h265, options: "bframes=3:b-adapt=0"),
    ]

    private func record(
        _ stream: Stream,
        seconds: Double = 6,
        from start: Timestamp = .event,
        ordinal: Int = 0
    ) async throws -> Recording {
        // Frame 32 is no other's turn, however many B-frames there are.
        let gop = "open-gop=1:keyint=32:min-keyint=17:scenecut=0:b-adapt=0"
        let parameters = "\(gop):\(stream.options)"
        return try await Recording(
            TestVideo(video: stream.codec, seconds: seconds, size: "160x96", keyframeInterval: 25),
            from: start,
            ordinal: ordinal,
            options: stream.codec == .h264
                ? ["-preset", "medium", "-x264-params", parameters, "-vf", stream.filter]
                : ["-x265-params", parameters + ":log-level=error"]
        )
    }

    /// What a decoder says that takes no fault lightly, such as Chromium's.
    private func complaints(of file: URL) async throws -> String {
        try await ChildProcess.run(
            "ffmpeg",
            ["-v", "error", "-err_detect", "explode", "-i", file.path, "-map", "0:v"]
                + ["-fps_mode", "passthrough", "-enc_time_base", "-1", "-f", "null", "-"],
            timeout: .seconds(60)
        ).errorText
    }

    @Test("Each of its frames is decoded as it was, from a strict decoder too", arguments: streams)
    func exact(_ stream: Stream) async throws {
        let recording = try await record(stream)
        // Within a segment that is not the run's first.
        let start = recording.segments[2].start + .milliseconds(700)
        let window = ClipWindow(start: start, end: start + .seconds(2))
        let (cut, _) = try await bench.make([recording], window)
        let hashes = try await frameHashes(of: recording.source)
        let expected = Array(hashes[recording.frames(showing: window)])
        #expect(try await frameHashes(of: bench.video) == expected)
        let complaints = try await complaints(of: bench.video)
        #expect(complaints == "", "\(complaints)")

        let playlist = try bench.writePlaylist(cut, window)
        let shown = try await frameHashes(of: playlist)
        let kept = try #require(cut.pieces.first).segments
        let first = try #require(recording.frameTimes.firstIndex { $0 >= kept[0].mediaStart })
        #expect(shown.count > 50 && shown == Array(hashes[first...].prefix(shown.count)))
        let more = try await self.complaints(of: playlist)
        #expect(more == "", "\(more)")
        let played = try #require(try await Players.gstreamer(bench.video).pictures)
        // It counts fields.
        let pictures = stream.filter == "null" ? played : played / 2
        #expect(expected.count - 1...expected.count ~= pictures)
    }

    @Test("A clip to be begun before the keyframe begins with it, and says so", arguments: streams)
    func leading(_ stream: Stream) async throws {
        let recording = try await record(stream)
        let segment = recording.segments[2]
        let window = ClipWindow(start: segment.start, end: segment.start + .seconds(2))
        let (cut, _) = try await bench.make([recording], window)
        let track = try #require(segment.run.media.video)
        let keyframe = try SegmentFile.readTiming(segment.path, track: track).frames[0].shown
        #expect(keyframe > segment.mediaStart)
        let piece = try #require(cut.pieces.first)
        #expect(piece.from == keyframe)
        #expect(piece.start == segment.start + (keyframe - segment.mediaStart))
        let missing = Coverage(of: window, by: Array(piece.segments)).gaps.map(\.end)
        #expect(missing.isEmpty || missing == [piece.start.wholeMilliseconds])
        #expect(missing.isEmpty == (piece.start - window.start <= .milliseconds(200)))
        let shown = try await frameHashes(of: bench.video)
        let first = try #require(recording.frameTimes.firstIndex(of: keyframe))
        let hashes = try await frameHashes(of: recording.source)
        #expect(shown == Array(hashes[first..<first + shown.count]))
        // The ring's own file, which other clips share, is as it was.
        #expect(segment.bytes == ClipFolder(path: segment.run.directory).size(of: segment.name))
    }

    @Test(
        "A run that begins so is joined to another, each frame as it was",
        arguments: streams.filter { ["a pyramid", "H.265"].contains($0.testDescription) }
    )
    func joined(_ stream: Stream) async throws {
        let first = try await record(stream, seconds: 3)
        let second = try await record(stream, from: first.end + .seconds(1), ordinal: 1)
        let window = ClipWindow(
            start: first.start + .milliseconds(1700),
            end: second.start + .milliseconds(3200)
        )
        // Its first second has not been recorded.
        let segments = first.segments + second.segments.dropFirst()
        let (cut, plan) = try await bench.make(segments, window)
        #expect(cut.pieces.count == 2)
        // As they are, the second's pictures would be made of the first's.
        #expect(plan.picture == .encoded)
        try await bench.expectFrames(of: [first, second], cut, plan)
        let complaints = try await complaints(of: bench.video)
        #expect(complaints == "", "\(complaints)")
    }
}

/// The test support's, not the one that Segmenter has for itself.
private typealias ChildProcess = TestSupport.ChildProcess
