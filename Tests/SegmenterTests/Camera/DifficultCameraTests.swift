import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("Difficult cameras")
struct DifficultCameraTests {
    @Test(
        "A password full of reserved characters works, and a wrong one is said so; neither is shown"
    )
    func password() async throws {
        let password = "p/a?s@s:w%d#1"
        let kind = DifficultRTSP.Kind.digest(user: "viewer", password: password)
        try await withStopping(DifficultRTSP.start(kind)) { camera in
            let right = CameraSource.rtsp(url: "rtsp://viewer:\(password)@\(camera.address)")
            try await RecordedCamera.record(right) { recorded in
                _ = try await recorded.segments(1)
                try await recorded.status(.live)
                #expect(recorded.log == ["camera door is live"])
            }
            let wrong = CameraSource.rtsp(url: "rtsp://viewer:not/it@\(camera.address)")
            #expect(wrong.description == "rtsp://***@\(camera.address)")
            try await RecordedCamera.record(wrong) { recorded in
                let reason = try #require(try await recorded.status(.down).reason)
                #expect(reason.hasPrefix("the camera refuses the user name or password"))
                let texts = recorded.log + [reason]
                #expect(!texts.contains { $0.contains("viewer") || $0.contains("not") })
            }
        }
    }

    @Test("A camera that sends over UDP alone is recorded, with a word about it")
    func udp() async throws {
        try await withStopping(DifficultRTSP.start(.udpOnly)) { camera in
            let source = CameraSource.rtsp(url: "rtsp://\(camera.address)")
            try await RecordedCamera.record(source) { recorded in
                _ = try await recorded.segments(1)
                let status = try await recorded.status(.live)
                #expect(status.restarts == 0)
                #expect(status.reason?.hasPrefix("the camera sends RTSP over UDP only") == true)
            }
            let configuration = CameraConfiguration(id: "door", source: source)
            let answer = await CameraProbe.ask(configuration, ffmpeg: try FFmpeg())
            guard case .sends(let input) = answer else { throw TestFailure("\(answer)") }
            #expect(input.video?.codec == "h264")
        }
    }

    @Test("RTSPS is recorded like RTSP; RTSPS where there is none says what to do")
    func tls() async throws {
        try await withStopping(DifficultRTSP.start(.tls)) { camera in
            let source = CameraSource.rtsp(url: "rtsps://\(camera.address)")
            try await RecordedCamera.record(source) { recorded in
                _ = try await recorded.segments(1)
                try await recorded.status(.live)
                #expect(recorded.log == ["camera door is live"])
            }
        }
        let plain = try await RTSPCameras.shared().url(for: .h264).absoluteString
        let source = CameraSource.rtsp(url: plain.replacing("rtsp://", with: "rtsps://"))
        let camera = CameraConfiguration(id: "door", source: source)
        let answer = await CameraProbe.ask(camera, ffmpeg: try FFmpeg())
        guard case .fails(let reason) = answer else { throw TestFailure("\(answer)") }
        #expect(reason.contains("use rtsp://"), "\(reason)")
    }

    @Test("Video without timestamps, at twice the rate that ffmpeg guesses, runs at its true pace")
    func missingTimestamps() async throws {
        let folder = try TemporaryFolder()
        let file = folder.file("video.h264")
        try await ffmpeg("testsrc2=size=320x180:rate=25:duration=60", ["-g", "50"], file)
        // 1500 frames.
        try await withStopping(HTTPStream.start(file, seconds: 30)) { camera in
            let source = CameraSource.http(url: "http://\(camera.address)")
            try await RecordedCamera.record(source) { recorded in
                let segments = try await eventually("arrival times", timeout: .seconds(90)) {
                    let all = await recorded.camera.ring.segments
                    let newest = all.filter { $0.run == all.last?.run }
                    let reason = await recorded.camera.status.reason ?? ""
                    return reason.contains("no timestamps") && newest.count >= 5 ? newest : nil
                }
                let (first, last) = (segments[0], segments[segments.count - 1])
                let took = try ChangeTime.of(last.path) - ChangeTime.of(first.path)
                let media = last.mediaStart + last.duration - first.mediaStart - first.duration
                // By ffmpeg's guess it would be twice as long.
                #expect(abs(media.seconds / took.seconds - 1) < 0.25)
                #expect(await recorded.camera.status.restarts == 0)
            }
        }
    }

    @Test("MPEG-TS over HTTP is copied, its AAC too; a wrong password is said so")
    func transportStream() async throws {
        let folder = try TemporaryFolder()
        let file = folder.file("video.ts")
        let sound = ["-f", "lavfi", "-i", "sine=duration=30", "-c:a", "aac", "-g", "25"]
        try await ffmpeg("testsrc2=size=320x180:rate=25:duration=30", sound, file)
        try await withStopping(HTTPStream.start(file, seconds: 30, user: "a:b/c")) { camera in
            let source = CameraSource.http(url: "http://a:b/c@\(camera.address)")
            try await RecordedCamera.record(source) { recorded in
                let segments = try await recorded.segments(3)
                #expect(segments[0].run.media.video?.codec == "h264")
                #expect(segments[0].run.media.audio?.codec == "aac")
                #expect(await recorded.camera.status.restarts == 0, "\(recorded.log)")
                let joined = try recorded.playable(segments)
                #expect(try await MediaProbe.decodingErrors(of: joined) == "")
            }
            let wrong = CameraSource.http(url: "http://a:x@\(camera.address)")
            let configuration = CameraConfiguration(id: "door", source: wrong)
            let answer = await CameraProbe.ask(configuration, ffmpeg: try FFmpeg())
            guard case .fails(let reason) = answer else { throw TestFailure("\(answer)") }
            #expect(reason.hasPrefix("the camera refuses the user name or password"), "\(reason)")
        }
    }

    @Test("Sound that ends does not hold the picture back")
    func vanishingSound() async throws {
        let folder = try TemporaryFolder()
        let file = folder.file("video.ts")
        let sound = ["-f", "lavfi", "-i", "sine=duration=6", "-c:a", "aac", "-g", "25"]
        try await ffmpeg("testsrc2=size=320x180:rate=25:duration=30", sound, file)
        try await withStopping(HTTPStream.start(file, seconds: 30)) { camera in
            let source = CameraSource.http(url: "http://\(camera.address)")
            try await RecordedCamera.record(source) { recorded in
                let segments = try await recorded.segments(9)
                #expect(segments.allSatisfy { $0.run == segments[0].run })
                let closings = try segments.map { try ChangeTime.of($0.path) }
                let waits = zip(closings.dropFirst(), closings).map { $0 - $1 }
                // ffmpeg's own patience is 10 s.
                #expect(waits.allSatisfy { $0 < .seconds(6) }, "\(waits)")
            }
        }
    }

    @Test("Sound that appears is met with a new run")
    func newSound() async throws {
        let folder = try TemporaryFolder()
        let (silent, sounding) = (folder.file("silent.ts"), folder.file("sounding.ts"))
        let sound = ["-f", "lavfi", "-i", "sine=duration=12", "-c:a", "aac", "-g", "25"]
        try await ffmpeg("testsrc2=size=320x180:rate=25:duration=8", ["-g", "25"], silent)
        try await ffmpeg("testsrc2=size=320x180:rate=25:duration=12", sound, sounding)
        let file = folder.file("video.ts")
        try (Data(contentsOf: silent) + Data(contentsOf: sounding)).write(to: file)
        try await withStopping(HTTPStream.start(file, seconds: 20)) { camera in
            let source = CameraSource.http(url: "http://\(camera.address)")
            try await RecordedCamera.record(source) { recorded in
                try await eventually("the end of the run", timeout: .seconds(90)) {
                    recorded.log.contains { $0.contains("the camera sends sound now") }
                }
            }
        }
    }

    /// Encodes a picture that ffmpeg makes, with more inputs and options, into a file.
    private func ffmpeg(_ picture: String, _ more: [String], _ file: URL) async throws {
        try await TestSupport.ChildProcess.check(
            "ffmpeg",
            ["-v", "error", "-f", "lavfi", "-i", picture] + more
                + ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-sc_threshold", "0"]
                + ["-pix_fmt", "yuv420p", file.path]
        )
    }
}
