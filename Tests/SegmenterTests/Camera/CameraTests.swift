import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("Camera")
struct CameraTests {
    @Test("The test pattern becomes H.264 and AAC, without a gap")
    func testPattern() async throws {
        try await RecordedCamera.record(.testPattern) { recorded in
            let segments = try await recorded.segments(4)
            expectContinuous(segments)
            let media = segments[0].run.media
            #expect(media.video?.codec == "h264")
            #expect(media.video?.kind == .video(width: 1280, height: 720))
            #expect(media.audio?.codec == "aac")
            #expect(segments.allSatisfy { $0.duration == .seconds(1) })
            let status = await recorded.camera.status
            #expect(status.state == .live)
            #expect(status.media == media)
            #expect(status.restarts == 0, "\(recorded.log)")
            #expect(recorded.log == ["camera door is live"])
            let file = try recorded.playable(segments)
            #expect(try await MediaProbe.decodingErrors(of: file) == "")
        }
    }

    @Test("A file plays in a loop, at its own speed", arguments: [0, 2])
    func file(_ bFrames: Int) async throws {
        let folder = try TemporaryFolder()
        let file = folder.file("video: one.mp4")
        let video = TestVideo(audio: .aac, seconds: 3, keyframeInterval: 25, bFrames: bFrames)
        try await video.write(to: file)
        try await RecordedCamera.record(.file(path: file.path)) { recorded in
            // Three rounds, so that two seams are among them.
            let segments = try await recorded.segments(8)
            #expect(segments.allSatisfy { $0.run == segments[0].run })
            for (one, next) in zip(segments, segments.dropFirst()) {
                let gap = next.mediaStart - one.mediaStart - one.duration
                #expect(abs(gap.seconds) < 0.1)
            }
            try expectPace(of: segments)
            #expect(segments[0].run.media.audio?.codec == "aac")
            let joined = try recorded.playable(segments)
            #expect(try await MediaProbe.decodingErrors(of: joined) == "")
        }
    }

    @Test(
        "RTSP cameras are copied, sound too where MP4 carries it",
        arguments: [
            (RTSPCameras.Kind.h264, "avc1", nil, nil),
            (.h264AAC, "avc1", "aac", "aac"),
            (.h264G711, "avc1", "pcm_alaw", "aac"),
            (.h265, "hvc1", nil, nil),
        ] as [(RTSPCameras.Kind, String, String?, String?)]
    )
    func rtsp(
        _ kind: RTSPCameras.Kind,
        _ format: String,
        _ inputAudio: String?,
        _ recordedAudio: String?
    ) async throws {
        let url = try await RTSPCameras.shared().url(for: kind).absoluteString
        try await RecordedCamera.record(.rtsp(url: url)) { recorded in
            let segments = try await recorded.segments(3)
            expectContinuous(segments)
            let media = segments[0].run.media
            #expect(media.video?.format == format)
            #expect(media.audio?.codec == recordedAudio)
            let status = await recorded.camera.status
            #expect(status.input?.audioCodec == inputAudio)
            #expect(status.input?.isRecording == false)
            // A source that differs from the guess costs a connection, never a failure.
            #expect(!recorded.log.contains { $0.contains("ffmpeg ended") })
            let file = try recorded.playable(segments)
            #expect(try await MediaProbe.decodingErrors(of: file) == "")
        }
    }

    @Test("MJPEG over HTTP keeps its own frame rate and takes as long as it really took")
    func mjpeg() async throws {
        let camera = try await MJPEGCamera.start()
        try await withStopping(camera) { camera in
            let source = CameraSource.http(url: camera.url.absoluteString)
            try await RecordedCamera.record(source) { recorded in
                let segments = try await recorded.segments(6)
                expectContinuous(segments)
                try expectPace(of: segments)
                let frames = try await MediaProbe.frames(of: try recorded.playable(segments))
                let rate = Double(frames.count) / segments.reduce(0) { $0 + $1.duration.seconds }
                #expect(abs(rate - 15) < 1)
                #expect(segments[0].run.media.video?.codec == "h264")
                #expect(segments[0].run.media.audio == nil)
                let status = await recorded.camera.status
                #expect(status.input?.video?.codec == "mjpeg")
                #expect(status.restarts == 0, "\(recorded.log)")
            }
        }
    }

    /// Expects that the media lasts as long as the recording of it took.
    private func expectPace(of segments: [Segment]) throws {
        let (first, last) = (segments[0], segments[segments.count - 1])
        let closing = try segments.map { try ChangeTime.of($0.path) }
        let took = closing[closing.count - 1] - closing[0]
        let media = last.mediaStart + last.duration - first.mediaStart - first.duration
        #expect(abs((took - media).seconds) < 1)
    }

    @Test("A disabled camera records nothing and ends its readers")
    func disabled() async throws {
        try await RecordedCamera.record(.testPattern, change: { $0.enabled = false }) { recorded in
            #expect(await recorded.camera.status.state == .disabled)
            #expect(await recorded.camera.ring.reader(from: .now()).next().isEmpty)
            #expect(Directory.names(recorded.folder.path).isEmpty)
        }
    }

    @Test("Deletes what is older than its buffer while it records")
    func prunes() async throws {
        let change = { (camera: inout CameraConfiguration) in camera.bufferDuration = .seconds(2) }
        try await RecordedCamera.record(.testPattern, change: change) { recorded in
            let run = try await recorded.segments(1)[0].run
            try await eventually("pruning", timeout: .seconds(60)) {
                await recorded.camera.ring.segments.first?.sequence ?? 0 >= 3
            }
            // On a busy machine several segments may close at once before the camera gets to see them.
            try await eventually("a small ring, in memory and on disk") {
                let files = Directory.names(run.directory).filter { $0.hasSuffix(".m4s") }
                return await recorded.camera.ring.segments.count <= 4 && files.count <= 5
            }
            #expect(!Directory.names(run.directory).contains("000000.m4s"))
        }
    }

    @Test("Once cancelled its ffmpeg has ended, the ring is closed, and its last segment is in it")
    func cancelled() async throws {
        let (pid, ring, run) = try await RecordedCamera.record(.testPattern) { recorded in
            let run = try await recorded.segments(2)[0].run
            return (try recorded.ffmpegPID(), recorded.camera.ring, run)
        }
        #expect(!ProcessTable.has(pid))
        let reader = await ring.reader(from: Timestamp(microseconds: 0))
        let segments = await reader.next()
        await reader.release(through: try #require(segments.last))
        #expect(await reader.next().isEmpty)
        // What ffmpeg closed when it was told to end is the last.
        #expect(segments.last?.run == run)
        #expect(try #require(segments.last).duration < .seconds(1))
    }

    @Test("Keyframes a minute apart delay nobody: what has come is there before the next one")
    func longGOP() async throws {
        let folder = try TemporaryFolder()
        let file = folder.file("long.mp4")
        try await TestVideo(seconds: 60, size: "160x90", rate: 10, keyframeInterval: 600)
            .write(to: file)
        try await RecordedCamera.record(.file(path: file.path)) { recorded in
            try await recorded.status(.live)
            let asked = Timestamp.now()
            let reader = await recorded.camera.ring.reader(from: asked, to: asked + .seconds(2))
            let segment = try #require(await reader.next().first)
            #expect(segment.isOpen)
            #expect(segment.start < asked && segment.end >= asked + .seconds(2))
            await reader.close()
            // Nothing has closed: the first keyframe is still the only one.
            #expect(await recorded.camera.ring.contents.segments.isEmpty)
        }
    }
}
