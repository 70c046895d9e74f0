import Foundation
import Synchronization
import TestSupport

@testable import Archive
@testable import Segmenter

/// One run of a camera: real segments, written by ffmpeg with the arguments that cameras get.
struct Recording: Sendable {
    /// What the camera saw.
    let source: URL
    let segments: [Segment]
    /// The parts of each.
    private let parts: [[Part]]
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
        let assembled = try await Self.assemble(folder.path, start, ordinal)
        segments = assembled.map(\.segment)
        parts = assembled.map(\.parts)
        frameTimes = try segments.flatMap { segment in
            guard let track = segment.run.media.video else { throw TestFailure("no video") }
            return try SegmentFile.readTiming(segment.path, track: track).frameTimes
        }
    }

    var start: Timestamp { segments[0].start }
    var end: Timestamp { segments[segments.count - 1].end }

    /// Its segments, as if nobody knew better when they were taken.
    func segments(within accuracy: Duration) -> [Segment] {
        segments.map {
            $0.copy(
                start: $0.start,
                duration: $0.duration,
                bytes: $0.bytes,
                isOpen: false,
                accuracy: accuracy
            )
        }
    }

    /// What there was of a segment when so many of its parts had come.
    func cut(_ index: Int, after count: Int) -> Segment {
        let segment = segments[index]
        let parts = parts[index].prefix(count)
        return segment.with(
            duration: parts.reduce(.zero) { $0 + $1.duration },
            bytes: parts.last.map { $0.offset + $0.length } ?? 0
        )
    }

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

    /// Makes segments of the files that ffmpeg left, as a camera does, and lays them on the wall clock.
    private static func assemble(
        _ directory: String,
        _ start: Timestamp,
        _ ordinal: Int
    ) async throws -> [PartedSegment] {
        let names = Directory.names(directory).filter { $0.hasSuffix(".m4s") }
        for name in names { rename("\(directory)/\(name)", "\(directory)/\(name).written") }
        let layout = RunLayout(directory: directory)
        let failure = Mutex<SegmenterError?>(nil)
        let time = Atomic(Int64(1_700_000_000_000_000))
        let clock = SystemClock(
            monotonic: { .microseconds(time.load(ordering: .relaxed)) },
            realTime: { Timestamp(microseconds: time.load(ordering: .relaxed)) }
        )
        let ring = Ring(
            bufferDuration: .seconds(3600),
            executor: QueueExecutor(label: "ring"),
            clock: clock
        )
        let intake = RunIntake(
            RunIntake.Settings(
                runID: "run-\(ordinal)",
                layout: layout,
                sequence: ordinal * 1000,
                settling: .zero
            ),
            ring: ring,
            clock: clock,
            onFinding: { _ in },
            onLoss: { error in failure.withLock { $0 = error } }
        )
        var found: [Int: PartedSegment] = [:]
        // One after another: the ring remembers the parts of the newest segments alone.
        for (number, name) in names.enumerated() {
            rename("\(directory)/\(name).written", layout.segmentPath(number))
            time.add(1_000_000, ordering: .relaxed)
            _ = await intake.readGrowth()
            for parted in await ring.edge.newest { found[parted.segment.sequence] = parted }
        }
        _ = await intake.finish()
        for parted in await ring.edge.newest { found[parted.segment.sequence] = parted }
        if let failure = failure.withLock({ $0 }) { throw TestFailure("\(failure)") }
        let segments = found.values.sorted { $0.segment.sequence < $1.segment.sequence }
        guard let first = segments.first?.segment else { throw TestFailure("nothing recorded") }
        return segments.map { parted in
            let begin = start + (parted.segment.mediaStart - first.mediaStart)
            return PartedSegment(
                segment: parted.segment.with(start: begin),
                parts: parted.parts
            )
        }
    }
}

extension Segment {
    /// The same elsewhere on the wall clock.
    fileprivate func with(start: Timestamp) -> Segment {
        copy(start: start, duration: duration, bytes: bytes, isOpen: false)
    }

    /// The same when no more had come.
    fileprivate func with(duration: Duration, bytes: Int) -> Segment {
        copy(start: start, duration: duration, bytes: bytes, isOpen: true)
    }

    /// The same as a ring stores it whose clock nobody has set yet.
    var onSteadyTime: SteadySegment {
        SteadySegment(
            run: run,
            sequence: sequence,
            name: name,
            mediaStart: mediaStart,
            duration: duration,
            start: start.steadyTime(shift: .zero),
            end: end.steadyTime(shift: .zero),
            bytes: bytes,
            startsOnKeyframe: startsOnKeyframe,
            frameInterval: frameInterval,
            isOpen: isOpen,
            gapReason: gapReason,
            accuracy: accuracy
        )
    }

    fileprivate func copy(
        start: Timestamp,
        duration: Duration,
        bytes: Int,
        isOpen: Bool,
        accuracy: Duration? = nil
    ) -> Segment {
        Segment(
            run: run,
            sequence: sequence,
            name: name,
            mediaStart: mediaStart,
            duration: duration,
            start: start,
            end: start + duration,
            bytes: bytes,
            startsOnKeyframe: startsOnKeyframe,
            frameInterval: frameInterval,
            isOpen: isOpen,
            gapReason: gapReason,
            accuracy: accuracy ?? .milliseconds(20)
        )
    }
}

/// The test support's, not the one that Segmenter has for itself.
private typealias ChildProcess = TestSupport.ChildProcess
