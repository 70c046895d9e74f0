import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("Run intake")
struct RunIntakeTests {
    @Test("Makes segments of files, with all that is known of them")
    func segments() async throws {
        let folder = try await WrittenRun.copies(of: .h264AAC)
        let bench = IntakeBench(folder.path, settling: RunClock.settling) {
            ($0.sequence, $0.gapReason) = (41, "it slept")
        }
        await bench.read()
        // All of it has come at once: when it was taken, nobody knows.
        #expect(await bench.ring.segments.isEmpty)
        let segments = await bench.finish()
        #expect(bench.losses.isEmpty)
        #expect(segments.map(\.sequence) == [41, 42, 43])
        #expect(segments.map(\.gapReason) == ["it slept", nil, nil])
        let parted = try #require(await bench.ring.edge.newest.first)
        let segment = parted.segment
        #expect(segment.run.id == "run1")
        #expect(segment.run.media.audio?.codec == "aac")
        #expect(segment.run.initPath == folder.path + "/init.mp4")
        #expect(!segment.isOpen)
        // The encoder's priming samples come before the picture.
        #expect(segment.mediaStart >= .milliseconds(21) && segment.mediaStart < .milliseconds(22))
        #expect(segment.duration == .seconds(1))
        #expect(segment.frameInterval == .milliseconds(40))
        #expect(segment.startsOnKeyframe)
        let size = try Data(contentsOf: URL(filePath: segment.path)).count
        #expect(size == segment.bytes)
        #expect(parted.parts.reduce(.zero) { $0 + $1.duration } == .seconds(1))
        for (part, next) in zip(parted.parts, parted.parts.dropFirst()) {
            #expect(next.offset == part.offset + part.length)
        }
        #expect(parted.parts.last.map { $0.offset + $0.length } == size)
        expectContinuous(segments)
        // Nothing is from the future.
        #expect(try #require(segments.last).end <= bench.source.wall)
    }

    @Test("On disk there are plain media segments, and beside them what they begin with")
    func onDisk() async throws {
        let folder = try await WrittenRun.copies(of: .h264AAC)
        let written = try Data(contentsOf: folder.file("000000.m4s"))
        for segment in await IntakeBench(folder.path).finish() {
            let boxes = try FileBox.all(of: try File(reading: segment.path)).map(\.type)
            #expect(boxes.prefix(3) == ["styp", "free", "moof"])
            #expect(!boxes.contains("moov"))
        }
        let header = try Data(contentsOf: folder.file("init.mp4"))
        #expect(written.starts(with: header))
        let boxes = try FileBox.all(of: try File(reading: folder.path + "/init.mp4")).map(\.type)
        #expect(boxes == ["ftyp", "moov"])
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
        let folder = try TemporaryFolder()
        let source = folder.file("source.mp4")
        try await video.write(to: source)
        try await WrittenRun.record(source, in: folder)
        let segments = await IntakeBench(folder.path).finish()
        expectContinuous(segments)
        // ffmpeg counts from the run's beginning: one may end a frame early where every frame is a keyframe.
        #expect(segments.dropLast().allSatisfy { $0.duration >= .milliseconds(900) })
        let joined = try Playable.join(
            [segments[0].run.initPath] + segments.map(\.path),
            as: folder.file("joined.mp4")
        )
        #expect(try await MediaProbe.decodingErrors(of: joined) == "")
        #expect(try await packets(of: joined, "v") == (try await packets(of: source, "v")))
        #expect(try await packets(of: joined, "a") == (try await packets(of: source, "a")))
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
        let folder = try TemporaryFolder()
        let source = folder.file("source.mp4")
        try await TestVideo(seconds: 3, keyframeInterval: 75, bFrames: bFrames).write(to: source)
        try await WrittenRun.record(source, in: folder)
        let growth = try WrittenRun.Growth(of: folder.path, number: 0)
        let bench = IntakeBench(folder.path)
        var seen = 0
        while try growth.step() {
            await bench.read()
            guard let cut = await bench.open?.segment else { continue }
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

    @Test("Reads files in their order, each once, however much has come at once")
    func order() async throws {
        let folder = try await WrittenRun.copies(of: .h264)
        let first = folder.file("000000.m4s")
        try FileManager.default.moveItem(at: first, to: folder.file("later"))
        let bench = IntakeBench(folder.path)
        await bench.read()
        #expect(await bench.ring.segments.isEmpty)
        try FileManager.default.moveItem(at: folder.file("later"), to: first)
        // So late that it doesn't wait for each file to be quiet.
        await bench.read(after: .seconds(1))
        #expect(
            await bench.ring.segments.map(\.name) == ["000000.m4s", "000001.m4s", "000002.m4s"]
        )
        #expect(await bench.ring.segments.map(\.isOpen) == [false, false, true])
        await bench.read(after: .seconds(1))
        #expect(await bench.finish().map(\.duration) == Array(repeating: .seconds(1), count: 3))
    }

    @Test(
        "An ffmpeg that is killed while it writes loses what is not whole, and nothing else",
        arguments: [1.2, 1.5]
    )
    func killed(_ seconds: Double) async throws {
        let folder = try TemporaryFolder()
        let source = folder.file("source.mp4")
        let video = TestVideo(
            seconds: seconds,
            size: "48x48",
            rate: 10,
            keyframeInterval: 10
        )
        try await video.write(to: source)
        try await WrittenRun.record(source, in: folder)
        let growth = try WrittenRun.Growth(of: folder.path, number: 1)
        try #require(growth.ends.count >= 1)
        let bytes = growth.bytes
        let header = try Data(contentsOf: folder.file("000000.m4s"))
        // At every byte of the last fragment's head, and at some of its media data.
        let last = growth.ends.dropLast().last ?? growth.headerLength
        let media = bytes[last...].firstRange(of: Array("mdat".utf8))!.upperBound
        let lengths =
            Array(last..<min(media + 8, bytes.count))
            + Array(stride(from: media, to: bytes.count, by: 41))
        for length in lengths {
            let run = folder.path + "/cut"
            try Directory.create(run)
            try header.write(to: URL(filePath: run + "/000000.m4s"))
            try Data(bytes[..<length]).write(to: URL(filePath: run + "/000001.m4s"))
            let bench = IntakeBench(run)
            let segments = await bench.finish()
            #expect(bench.losses.isEmpty, "cut to \(length) bytes")
            #expect(segments.count == (growth.ends.count > 1 ? 2 : 1), "cut to \(length) bytes")
            let files = Directory.names(run).filter { $0.hasSuffix(".m4s") }
            #expect(files == segments.map(\.name))
            for segment in segments {
                let size = try File(reading: segment.path).size
                #expect(size == Int64(segment.bytes), "cut to \(length) bytes")
            }
            if growth.ends.count > 1 { #expect(segments.last?.bytes == last) }
            Directory.remove(run)
        }
    }

    @Test("A run that begins with sound alone begins with its first keyframe")
    func soundFirst() async throws {
        let folder = try TemporaryFolder()
        let source = folder.file("source.ts")
        try await TestVideo(audio: .aac, seconds: 4, keyframeInterval: 25).write(
            to: source,
            options: ["-vf", "setpts=PTS+2.5/TB", "-fps_mode", "passthrough"]
        )
        try await WrittenRun.record(source, in: folder, stripsADTS: true)
        let bench = IntakeBench(folder.path)
        let segments = await bench.finish()
        #expect(bench.losses.isEmpty)
        expectContinuous(segments)
        #expect(segments.reduce(.zero) { $0 + $1.duration } >= .seconds(3))
        let files = Directory.names(folder.path).filter { $0.hasSuffix(".m4s") }
        #expect(files == segments.map(\.name))
    }

    @Test(
        "Another picture ends the run; what came before it is kept",
        arguments: [TestVideo.VideoCodec.h264, .h265]
    )
    func otherPicture(_ codec: TestVideo.VideoCodec) async throws {
        let folder = try await WrittenRun.stream([
            TestVideo(video: codec, seconds: 2, keyframeInterval: 25),
            TestVideo(video: codec, seconds: 2, size: "640x360", keyframeInterval: 25),
        ])
        let bench = IntakeBench(folder.path)
        await bench.read(after: .seconds(1))
        #expect(bench.misfit == .otherPicture(before: .video(width: 320, height: 180)))
        let segments = await bench.finish()
        #expect(segments.reduce(.zero) { $0 + $1.duration } == .seconds(2))
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
        let folder = try await WrittenRun.stream([video, other])
        let bench = IntakeBench(folder.path) { $0.comparesPictures = isCompared }
        let segments = await bench.finish()
        #expect(bench.misfit == nil)
        #expect(segments.reduce(.zero) { $0 + $1.duration } == .seconds(4))
    }

    @Test("Timestamps that jump at a run's beginning cost what comes before the next keyframe")
    func jump() async throws {
        let folder = try TemporaryFolder()
        let source = folder.file("source.ts")
        try await TestVideo(seconds: 4, keyframeInterval: 25).write(
            to: source,
            options: ["-vf", "setpts=PTS+gte(N\\,60)*7/TB", "-fps_mode", "passthrough"]
        )
        try await WrittenRun.record(source, in: folder, stripsADTS: true)
        let bench = IntakeBench(folder.path)
        try await bench.readGradually(folder.path)
        let segments = await bench.finish()
        #expect(bench.losses == [.malformedMedia("the camera's timestamps jumped")])
        #expect(bench.misfit == nil)
        // Of 100 frames the first 60 come before the jump; keyframes are every 25.
        #expect(segments.map(\.duration).prefix(2) == [.seconds(1), .seconds(1)])
        #expect(segments.last?.gapReason?.contains("timestamps jumped") == true)
        #expect(segments.last?.duration == .seconds(1))
        #expect(segments.allSatisfy { $0.duration <= .seconds(1) })
    }

    @Test("Sound that begins later than the picture keeps its place", arguments: [0, 2])
    func lateSound(_ bFrames: Int) async throws {
        let folder = try TemporaryFolder()
        let source = folder.file("source.ts")
        try await TestVideo(audio: .aac, seconds: 4, bFrames: bFrames).write(
            to: source,
            options: ["-af", "asetpts=PTS+1.5/TB"]
        )
        try await WrittenRun.record(source, in: folder, stripsADTS: true)
        let segments = await IntakeBench(folder.path).finish()
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
}
