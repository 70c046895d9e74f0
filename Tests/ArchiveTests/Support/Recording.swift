import Foundation
import TestSupport

@testable import Archive
@testable import Segmenter

/// One run of a camera: real segments, written by ffmpeg with the arguments that cameras get.
struct Recording: Sendable {
    /// What the camera saw.
    let source: URL
    let segments: [Segment]
    /// Of all its frames, on the run's media clock.
    let frameTimes: [Duration]
    private let rate: Int
    private let folder: TemporaryFolder

    /// - Parameters:
    ///   - start: the first frame's moment on the wall clock.
    ///   - ordinal: how many runs the camera had before.
    ///   - options: ffmpeg's, for the source.
    init(
        _ video: TestVideo = TestVideo(seconds: 8, size: "160x90", keyframeInterval: 25),
        from start: Timestamp = .event,
        ordinal: Int = 0,
        options: [String] = []
    ) async throws {
        folder = try TemporaryFolder()
        rate = video.rate
        source = folder.file("source.mp4")
        try await video.write(to: source, options: options)
        try await Self.record(source, video, in: folder)
        (segments, frameTimes) = try Self.read(folder.path, start, ordinal)
    }

    var start: Timestamp { segments[0].start }
    var end: Timestamp { segments[segments.count - 1].end }

    /// The numbers of the frames that a clip of this run shows: from the one on display at the
    /// window's start on, as many as fit its length best.
    func frames(showing window: ClipWindow) -> Range<Int> {
        let asked = segments[0].mediaStart + (window.start - start)
        let first = frameTimes.lastIndex { $0 <= asked } ?? 0
        let count = Int((window.duration.seconds * Double(rate)).rounded())
        return first..<min(first + count, frameTimes.count)
    }

    private static func record(
        _ source: URL,
        _ video: TestVideo,
        in folder: TemporaryFolder
    ) async throws {
        let camera = CameraConfiguration(
            id: "camera",
            source: .file(path: source.path),
            segmentDuration: .seconds(1)
        )
        let input = InputDescription(
            video: .init(codec: video.video == .h265 ? "hevc" : "h264"),
            audioCodec: video.audio.map { _ in "aac" }
        )
        var plan = RecordingPlan(for: input, from: camera.source)
        // As from a camera that sends it once, as fast as it is taken.
        plan.loops = false
        try await ChildProcess.check(
            "ffmpeg",
            RecordingArguments.make(for: camera, plan: plan),
            workingDirectory: folder.url
        )
    }

    private static func read(
        _ directory: String,
        _ start: Timestamp,
        _ ordinal: Int
    ) throws -> ([Segment], [Duration]) {
        let media = try SegmentFile.readInit(directory + "/" + RecordingArguments.initName)
        guard let track = media.video else { throw TestFailure("a recording without video") }
        let run = Run(id: "run-\(ordinal)", directory: directory, media: media)
        let names = Directory.names(directory).filter { $0.hasSuffix(".m4s") }
        let timings = try names.map {
            try SegmentFile.readTiming(directory + "/" + $0, track: track)
        }
        let segments = zip(names, timings).enumerated().map { index, file in
            Segment(
                run: run,
                sequence: ordinal * 1000 + index,
                name: file.0,
                mediaStart: file.1.start,
                duration: file.1.end - file.1.start,
                start: start + (file.1.start - timings[0].start),
                end: start + (file.1.end - timings[0].start),
                bytes: 0,
                startsOnKeyframe: file.1.startsOnKeyframe,
                frameInterval: file.1.frameInterval
            )
        }
        return (segments, timings.flatMap(\.frameTimes))
    }
}

/// The test support's, not the one that Segmenter has for itself.
private typealias ChildProcess = TestSupport.ChildProcess
