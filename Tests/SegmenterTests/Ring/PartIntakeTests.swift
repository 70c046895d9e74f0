import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("Part intake")
struct PartIntakeTests {
    /// A folder with the files that ffmpeg made of a video, to be taken.
    private func record(_ video: TestVideo) async throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let source = folder.file("source.mp4")
        try await video.write(to: source)
        var plan = RecordingPlan(guessing: .file(path: source.path))
        plan.loops = false
        let camera = CameraConfiguration(id: "sample", source: .file(path: source.path))
        let outcome = try await FFmpeg().run(
            RecordingArguments.make(for: camera, plan: plan),
            directory: folder.path
        )
        guard outcome.status.isSuccess else {
            throw TestFailure(outcome.log.joined(separator: "\n"))
        }
        return folder
    }

    /// A folder with copies of a sample run's files, to be taken or damaged.
    private func copies(of kind: SampleRun.Kind) async throws -> TemporaryFolder {
        let run = try await SampleRun.of(kind)
        let folder = try TemporaryFolder()
        for path in run.parts + [run.initPath] {
            let name = URL(filePath: path).lastPathComponent
            try FileManager.default.copyItem(atPath: path, toPath: folder.path + "/" + name)
        }
        return folder
    }

    /// - Parameter settling: none where what is open is looked at: a recording that was made before comes
    ///   all at once, and its clock would never settle.
    private func intake(
        _ folder: TemporaryFolder,
        gapReason: String? = nil,
        settling: Duration = RunClock.settling
    ) -> PartIntake {
        PartIntake(
            runID: "run1",
            directory: folder.path,
            segmentDuration: .seconds(1),
            sequence: 41,
            gapReason: gapReason,
            settling: settling
        )
    }

    private func noReport(_ error: SegmenterError) {
        Issue.record("\(error)")
    }

    @Test("Makes a segment of parts, with all that is known of it")
    func takes() async throws {
        let folder = try await copies(of: .h264AAC)
        var intake = intake(folder, gapReason: "it slept")
        var closing: Timestamp?
        for name in Directory.names(folder.path) where name.hasSuffix(".part") {
            closing = try File(reading: folder.path + "/" + name).changed
            let growth = intake.take(name, report: noReport)
            // All of it has come at once: when it was taken, nobody knows.
            #expect(growth == PartIntake.Growth(isSettling: true))
        }
        let finished = intake.finish()
        let parted = try #require(finished.first)
        let segment = parted.segment
        #expect(segment.run.id == "run1")
        #expect(segment.run.media.audio?.codec == "aac")
        #expect(segment.run.initPath == folder.path + "/init.mp4")
        #expect(segment.sequence == 41)
        #expect(segment.gapReason == "it slept")
        #expect(!segment.isOpen)
        // The encoder's priming samples come before the picture.
        #expect(segment.mediaStart >= .milliseconds(21) && segment.mediaStart < .milliseconds(22))
        #expect(segment.duration == .seconds(1))
        #expect(segment.frameInterval == .milliseconds(40))
        #expect(segment.startsOnKeyframe)
        let size = try Data(contentsOf: URL(filePath: segment.path)).count
        #expect(size == segment.bytes)
        #expect(parted.parts.count == 5)
        #expect(parted.parts.reduce(.zero) { $0 + $1.duration } == .seconds(1))
        #expect(parted.parts.map(\.startsOnKeyframe) == [true, false, false, false, false])
        for (part, next) in zip(parted.parts, parted.parts.dropFirst()) {
            #expect(next.offset == part.offset + part.length)
        }
        #expect(parted.parts.last.map { $0.offset + $0.length } == size)
        let last = try #require(finished.last).segment
        #expect(last.sequence == 43)
        #expect(last.gapReason == nil)
        // A file is closed one frame after its end; to a microsecond or two, for that is how times are kept.
        let closed = try #require(closing)
        #expect(last.end <= closed - .milliseconds(40) + .milliseconds(1))
        #expect(!Directory.names(folder.path).contains { $0.hasSuffix(".part") })
    }

    @Test(
        "Every frame and every bit of sound is there once, wherever keyframes are",
        arguments: [
            TestVideo(audio: .aac, seconds: 5, keyframeInterval: 37),
            TestVideo(audio: .aac, seconds: 2, keyframeInterval: 1),
            TestVideo(seconds: 5, keyframeInterval: 37, bFrames: 3),
            TestVideo(seconds: 5, rate: 3, keyframeInterval: 3),
        ]
    )
    func whole(_ video: TestVideo) async throws {
        let folder = try await record(video)
        let source = folder.file("source.mp4")
        let segments = try AssembledRun(in: folder.path)
            .segments.map(\.segment)
        expectContinuous(segments)
        #expect(segments.dropLast().allSatisfy { $0.duration >= .milliseconds(950) })
        let joined = try Playable.join(
            [segments[0].run.initPath] + segments.map(\.path),
            as: folder.file("joined.mp4")
        )
        #expect(try await MediaProbe.decodingErrors(of: joined) == "")
        let expected = try await packets(of: source, "v")
        // With a keyframe in every frame ffmpeg puts those of the first part into init.mp4.
        let lost = video.keyframeInterval == 1 ? 5 : 0
        #expect(try await packets(of: joined, "v") == Array(expected.dropFirst(lost)))
        let sound = try await packets(of: source, "a")
        let found = try await packets(of: joined, "a")
        #expect(found == Array(sound.suffix(found.count)))
        #expect(found.count >= sound.count - lost * 3)
    }

    /// The hash of every packet of a stream, in order.
    private func packets(of file: URL, _ stream: String) async throws -> [String] {
        let arguments = ["-v", "error", "-i", file.path, "-map", "0:\(stream)?", "-c", "copy"]
        let output = try await TestSupport.ChildProcess.check(
            "ffmpeg",
            arguments + ["-f", "framemd5", "-"]
        )
        return output.text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
            // stream, dts, pts, duration, size, hash, and what belongs to the packet
            String($0.split(separator: ",")[5].drop { $0 == " " })
        }
    }

    @Test("What is open holds exactly the frames that it says", arguments: [0, 3])
    func cuts(_ bFrames: Int) async throws {
        let video = TestVideo(seconds: 3, keyframeInterval: 75, bFrames: bFrames)
        let folder = try await record(video)
        var intake = intake(folder, settling: .zero)
        var seen = 0
        for name in Directory.names(folder.path) where name.hasSuffix(".part") {
            let taken = intake.take(name, report: noReport)
            let growth = try #require(taken)
            let cut = try #require(growth.open).segment
            let copy = folder.file("cut.m4s").path
            unlink(copy)
            try SegmentFile.copy(cut.path, upTo: cut.bytes, to: copy)
            let track = try #require(cut.run.media.video)
            let times = try SegmentFile.readTiming(copy, track: track).frameTimes
            // No frame before its end is missing.
            let shown = times.filter { $0 < cut.mediaStart + cut.duration }
            #expect(shown.count == Int((cut.duration.seconds * 25).rounded()))
            seen = shown.count
        }
        #expect(seen > 60)
    }

    @Test("Takes each file once, those first that nobody told of")
    func order() async throws {
        let folder = try await copies(of: .h264)
        var intake = intake(folder, settling: .zero)
        let taken = intake.take("000002.part", report: noReport)?.open
        let first = try #require(taken)
        #expect(first.parts.count == 3)
        #expect(first.segment.duration == .milliseconds(600))
        for name in ["000001.part", "000002.part", "index.m3u8"] {
            let growth = intake.take(name, report: noReport)
            #expect(growth == nil)
        }
        let next = intake.take("000003.part", report: noReport)?.open
        #expect(next?.segment.duration == .milliseconds(800))
    }

    @Test("Goes on when the numbers outgrow their six digits")
    func longNames() {
        #expect(RecordingArguments.digits(1_234_567) == "1234567")
    }

    /// Joins videos into one MPEG-TS stream whose clock goes on from each to the next.
    private func stream(_ videos: [TestVideo]) async throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        var bytes = Data()
        var start = 0.0
        for video in videos {
            let file = folder.file("piece.ts")
            try await video.write(to: file, options: ["-output_ts_offset", "\(start)"])
            bytes += try Data(contentsOf: file)
            start += video.seconds
        }
        let source = folder.file("source.ts")
        try bytes.write(to: source)
        try await record(source, in: folder)
        return folder
    }

    private func record(_ source: URL, in folder: TemporaryFolder) async throws {
        var plan = RecordingPlan(guessing: .file(path: source.path))
        (plan.loops, plan.stripsADTS) = (false, true)
        let camera = CameraConfiguration(id: "sample", source: .file(path: source.path))
        let outcome = try await FFmpeg().run(
            RecordingArguments.make(for: camera, plan: plan),
            directory: folder.path
        )
        guard outcome.status.isSuccess else {
            throw TestFailure(outcome.log.joined(separator: "\n"))
        }
    }

    @Test(
        "Another picture ends the run; what came before it is kept",
        arguments: [TestVideo.VideoCodec.h264, .h265]
    )
    func otherPicture(_ codec: TestVideo.VideoCodec) async throws {
        let folder = try await stream([
            TestVideo(video: codec, seconds: 2, keyframeInterval: 25),
            TestVideo(video: codec, seconds: 2, size: "640x360", keyframeInterval: 25),
        ])
        var intake = intake(folder)
        var duration = Duration.zero
        for name in Directory.names(folder.path) {
            for segment in intake.take(name, report: noReport)?.closed ?? [] {
                duration += segment.segment.duration
            }
        }
        #expect(intake.misfit == .otherPicture(before: .video(width: 320, height: 180)))
        for segment in intake.finish() { duration += segment.segment.duration }
        #expect(duration == .seconds(2))
    }

    @Test(
        "The same picture does not, nor any where they need not be compared",
        arguments: [true, false]
    )
    func samePicture(_ isCompared: Bool) async throws {
        let video = TestVideo(seconds: 2, keyframeInterval: 25)
        let other = TestVideo(
            seconds: 2,
            size: isCompared ? "320x180" : "640x360",
            keyframeInterval: 25
        )
        let folder = try await stream([video, other])
        var intake = PartIntake(
            runID: "run1",
            directory: folder.path,
            segmentDuration: .seconds(1),
            sequence: 0,
            comparesPictures: isCompared
        )
        for name in Directory.names(folder.path) { _ = intake.take(name, report: noReport) }
        #expect(intake.misfit == nil)
    }

    @Test("Timestamps that jump at a run's beginning cost what comes before the next keyframe")
    func jump() async throws {
        let folder = try TemporaryFolder()
        let source = folder.file("source.ts")
        try await TestVideo(seconds: 4, keyframeInterval: 25).write(
            to: source,
            options: ["-vf", "setpts=PTS+gte(N\\,60)*7/TB", "-fps_mode", "passthrough"]
        )
        try await record(source, in: folder)
        var reports: [SegmenterError] = []
        var intake = intake(folder)
        var segments: [Segment] = []
        for name in Directory.names(folder.path) {
            let growth = intake.take(name) { reports.append($0) }
            segments += growth?.closed.map(\.segment) ?? []
        }
        #expect(reports == [.malformedMedia("the camera's timestamps jumped")])
        #expect(intake.misfit == nil)
        segments += intake.finish().map(\.segment)
        // Of 100 frames the first 60 come before the jump; keyframes are every 25.
        let durations: [Duration] = [.seconds(1), .seconds(1), .milliseconds(400), .seconds(1)]
        #expect(segments.map(\.duration) == durations)
        #expect(segments.last?.gapReason?.contains("timestamps jumped") == true)
    }

    @Test("Sound that begins later than the picture keeps its place", arguments: [0, 2])
    func lateSound(_ bFrames: Int) async throws {
        let folder = try TemporaryFolder()
        let source = folder.file("source.ts")
        try await TestVideo(audio: .aac, seconds: 4, bFrames: bFrames).write(
            to: source,
            options: ["-af", "asetpts=PTS+1.5/TB"]
        )
        try await record(source, in: folder)
        let segments = try AssembledRun(in: folder.path).segments.map(\.segment)
        let joined = try Playable.join(
            [segments[0].run.initPath] + segments.map(\.path),
            as: folder.file("joined.mp4")
        )
        func start(_ stream: String) async throws -> Double {
            let arguments = ["-v", "error", "-select_streams", stream, "-show_entries"]
            let output = try await TestSupport.ChildProcess.check(
                "ffprobe",
                arguments + ["packet=pts_time", "-of", "csv=p=0", joined.path]
            )
            let line = output.text.split(separator: "\n").first ?? ""
            return try #require(Double(line.prefix { $0 != "," }))
        }
        let delay = try await start("a") - start("v")
        #expect(abs(delay - 1.5) < 0.05)
    }

    /// What may be wrong with a file.
    enum Damage: CaseIterable {
        case missing
        case noMedia
        case cutShort
    }

    @Test(
        "A damaged or missing file ends the segment, and the next keyframe begins another",
        arguments: Damage.allCases
    )
    func damaged(_ damage: Damage) async throws {
        let folder = try await copies(of: .h264)
        let file = folder.file("000002.part")
        switch damage {
        case .missing: try FileManager.default.removeItem(at: file)
        case .noMedia: try Data("no media".utf8).write(to: file)
        case .cutShort:
            try Data(try Data(contentsOf: file).dropLast(10)).write(to: file)
        }
        var reports: [SegmenterError] = []
        var intake = intake(folder)
        var segments: [Segment] = []
        for name in Directory.names(folder.path) where name.hasSuffix(".part") {
            let growth = intake.take(name) { reports.append($0) }
            segments += growth?.closed.map(\.segment) ?? []
        }
        segments += intake.finish().map(\.segment)
        #expect(reports.count == 1)
        #expect(segments.map(\.sequence) == [41, 42, 43])
        #expect(segments.map(\.duration) == [.milliseconds(400), .seconds(1), .seconds(1)])
        #expect(segments[1].gapReason?.hasPrefix("a part of the recording was lost") == true)
        #expect(!segments[0].isFollowed(by: segments[1]))
        #expect(segments[1].isFollowed(by: segments[2]))
    }

    @Test("A part that meets too many open files is taken with the next one, in order")
    func tooManyFiles() async {
        // In a process of its own, whose limit may be set.
        await #expect(processExitsWith: .success) {
            let run = try await SampleRun.of(.h264)
            let folder = try TemporaryFolder()
            for path in run.parts + [run.initPath] {
                let name = URL(filePath: path).lastPathComponent
                try FileManager.default.copyItem(atPath: path, toPath: folder.path + "/" + name)
            }
            var intake = PartIntake(
                runID: "run1",
                directory: folder.path,
                segmentDuration: .seconds(1),
                sequence: 0,
                settling: .zero
            )
            var reports: [SegmenterError] = []
            _ = intake.take("000000.part") { reports.append($0) }
            var usual = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &usual)
            var none = rlimit(rlim_cur: 0, rlim_max: usual.rlim_max)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &none)
            let blocked = intake.take("000001.part") { reports.append($0) }
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &usual)
            #expect(blocked?.open?.segment.duration == .milliseconds(200))
            let next = intake.take("000002.part") { reports.append($0) }
            #expect(next?.open?.segment.duration == .milliseconds(600))
            #expect(reports.isEmpty)
        }
    }

    @Test("A run whose initialisation segment is missing gives nothing, and is told once")
    func noInit() async throws {
        let folder = try await copies(of: .h264)
        try FileManager.default.removeItem(at: folder.file("init.mp4"))
        var reports: [SegmenterError] = []
        var intake = intake(folder)
        for name in Directory.names(folder.path) where name.hasSuffix(".part") {
            let growth = intake.take(name) { reports.append($0) }
            #expect(growth?.open == nil)
        }
        #expect(reports == [.system(call: "open", errno: ENOENT)])
        let last = intake.finish()
        #expect(last.isEmpty)
        #expect(Directory.names(folder.path).isEmpty)
    }
}
