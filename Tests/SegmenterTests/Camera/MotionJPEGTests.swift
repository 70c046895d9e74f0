import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("Motion JPEG")
struct MotionJPEGTests {
    @Test(
        "However the pictures are put into the stream, the first run records them",
        arguments: MJPEGCamera.Options.Framing.allCases
    )
    func framings(_ framing: MJPEGCamera.Options.Framing) async throws {
        let options = MJPEGCamera.Options(framing: framing, size: "320x180")
        try await withStopping(MJPEGCamera.start(options)) { camera in
            try await RecordedCamera.record(.http(url: camera.url.absoluteString)) { recorded in
                let segments = try await recorded.segments(2)
                #expect(recorded.log == ["camera door is live"])
                #expect(await recorded.camera.status.restarts == 0)
                let runs = Set(segments.map(\.run.id))
                #expect(runs.count == 1)
                let sized: [MJPEGCamera.Options.Framing] = [.plain, .quoted, .lines]
                let plan = await recorded.camera.status.plan
                #expect(plan?.lessons.readsBareJPEG == !sized.contains(framing))
            }
        }
    }

    @Test(
        "Pictures that change under way are recorded on, in the same run, without a gap",
        arguments: ["640x360", "320x240", "639x479", "yuvj422p", "gray"]
    )
    func changes(_ change: String) async throws {
        let options = MJPEGCamera.Options(size: "320x180", change: change)
        try await withStopping(MJPEGCamera.start(options)) { camera in
            try await RecordedCamera.record(.http(url: camera.url.absoluteString)) { recorded in
                let segments = try await recorded.segments(8)
                #expect(Set(segments.map(\.run.id)).count == 1)
                #expect(segments.allSatisfy { $0.gapReason == nil })
                #expect(
                    segments.allSatisfy {
                        $0.run.media.video?.kind == .video(width: 320, height: 180)
                    }
                )
                let times = try await MediaProbe.frames(of: recorded.playable(segments)).map(\.pts)
                let longest = zip(times.dropFirst(), times).map(-).max() ?? 0
                // A frame comes each 67 ms.
                #expect(longest < 0.3, "\(longest)")
                let reason = await recorded.camera.status.reason
                if change.contains("x") {
                    let size = change.replacing("x", with: "×")
                    #expect(reason?.hasPrefix("the camera sends \(size) now") == true)
                } else {
                    #expect(reason == nil)
                }
            }
        }
    }

    @Test("The next run takes a size up that has changed for good")
    func newSize() async throws {
        let options = MJPEGCamera.Options(size: "320x180")
        let first = try await MJPEGCamera.start(options)
        let source = CameraSource.http(url: first.url.absoluteString)
        try await RecordedCamera.record(source) { recorded in
            _ = try await recorded.segments(1)
            await first.stop()
            let larger = MJPEGCamera.Options(size: "640x360")
            let second = try await eventually("the port is free", timeout: .seconds(20)) {
                try? await MJPEGCamera.start(larger, port: first.port)
            }
            try await withStopping(second) { _ in
                _ = try await recorded.segments(1) {
                    $0.run.media.video?.kind == .video(width: 640, height: 360)
                }
            }
        }
    }

    @Test("Odd sides are padded, so that no picture is lost", arguments: ["639x479", "321x180"])
    func oddSizes(_ size: String) async throws {
        try await withStopping(MJPEGCamera.start(.init(size: size))) { camera in
            try await RecordedCamera.record(.http(url: camera.url.absoluteString)) { recorded in
                let segments = try await recorded.segments(2)
                let even =
                    size == "639x479"
                    ? Track.Kind.video(width: 640, height: 480) : .video(width: 322, height: 180)
                #expect(segments.allSatisfy { $0.run.media.video?.kind == even })
                #expect(await recorded.camera.status.restarts == 0)
            }
        }
    }

    @Test("Pictures too large to be decoded are refused in words")
    func hugePictures() async throws {
        try await withStopping(MJPEGCamera.start(.init(framesPerSecond: 1, isHuge: true))) {
            camera in
            try await RecordedCamera.record(.http(url: camera.url.absoluteString)) { recorded in
                let reason = try #require(try await recorded.status(.down).reason)
                #expect(reason.hasPrefix("the camera's pictures have more than 40 million pixels"))
            }
        }
    }

    @Test(
        "Each picture has the moment at which it came, at an uneven pace too",
        arguments: [MJPEGCamera.Options.Framing.plain, .unsized]
    )
    func moments(_ framing: MJPEGCamera.Options.Framing) async throws {
        let options = MJPEGCamera.Options(
            framing: framing,
            size: "320x180",
            framesPerSecond: 10,
            hasClock: true,
            pause: 0.4
        )
        try await withStopping(MJPEGCamera.start(options)) { camera in
            let source = CameraSource.http(url: camera.url.absoluteString)
            let configuration = CameraConfiguration(id: "door", source: source)
            var planner = RunPlanner(for: configuration)
            let ffmpeg = try FFmpeg()
            planner.learn(try #require(await StreamBeginning.ask(source, ffmpeg: ffmpeg)))
            planner.begin()
            let arguments = RecordingArguments.make(for: configuration, plan: planner.plan)
            // Into one file, in which no fragment's border moves a frame.
            let output = try #require(arguments.lastIndex(of: "-f"))
            let folder = try TemporaryFolder()
            let file = folder.file("video.mkv")
            _ = try await ffmpeg.run(arguments[..<output] + ["-t", "5", file.path])
            let frames = try await ClockFrames.read(file: file)
            #expect(frames.count > 20)
            let lags = frames.map { $0.pts - Double($0.captureTime) / 1_000_000 }
            // Dated when the next one came, those before a pause would be 0.4 s late.
            let spread = (lags.max() ?? 0) - (lags.min() ?? 0)
            #expect(spread < 0.2, "\(lags)")
        }
    }

    @Test(
        "Motion JPEG over RTSP keeps its rate, although its timestamps look like a hundred a second"
    )
    func overRTSP() async throws {
        let options = ClockCamera.Options(
            codec: "mjpeg",
            size: "640x360",
            framesPerSecond: 15,
            tick: 900
        )
        try await withStopping(ClockCamera.start(options)) { camera in
            try await RecordedCamera.record(.rtsp(url: camera.url.absoluteString)) { recorded in
                let segments = try await recorded.segments(4)
                let frames = try await ClockFrames.read(file: recorded.playable(segments))
                let numbers = frames.map(\.number)
                #expect(Set(numbers).count == numbers.count)
                let rate = Double(frames.count - 1) / (frames[frames.count - 1].pts - frames[0].pts)
                #expect(abs(rate - 15) < 1, "\(rate)")
            }
        }
    }
}
