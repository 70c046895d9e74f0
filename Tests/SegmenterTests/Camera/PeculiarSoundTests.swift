import Foundation
import TestSupport
import Testing

@testable import Segmenter

/// Cameras whose sound is not what they announce: the picture is recorded whatever becomes of it.
@Suite("Peculiar sound")
struct PeculiarSoundTests {
    @Test(
        "AAC that players could not decode is mended or encoded",
        arguments: [SoundCamera.Sound.adts, .unconfigured]
    )
    func mended(_ sound: SoundCamera.Sound) async throws {
        try await withStopping(SoundCamera.start(sound)) { camera in
            try await RecordedCamera.record(.rtsp(url: camera.url)) { recorded in
                let segments = try await recorded.segments(3)
                let audio = try #require(segments[2].run.media.audio)
                #expect(audio.profile?.codecs == "mp4a.40.2")
                let joined = try recorded.playable(segments)
                #expect(try await MediaProbe.decodingErrors(of: joined) == "")
            }
        }
    }

    @Test(
        "Sound that cannot be recorded is left out, with a word about it",
        arguments: [
            (SoundCamera.Sound.unreadable, "the camera's sound cannot be read"),
            (.unknown, "the camera's sound is in a format that ffmpeg does not know"),
            (.early, "the camera's video begins long after its sound"),
        ]
    )
    func leftOut(_ sound: SoundCamera.Sound, _ words: String) async throws {
        try await withStopping(SoundCamera.start(sound)) { camera in
            try await RecordedCamera.record(.rtsp(url: camera.url)) { recorded in
                let segments = try await recorded.segments(1)
                #expect(segments[0].run.media.audio == nil)
                let status = await recorded.camera.status
                #expect(status.reason?.contains(words) == true, "\(status.reason ?? "")")
                #expect(status.restarts == 0, "\(recorded.log)")
            }
        }
    }

    @Test("Sound that is announced is done without after seconds, and taken in when it comes")
    func awaited() async throws {
        try await withStopping(SoundCamera.start(.silent)) { camera in
            try await RecordedCamera.record(.rtsp(url: camera.url)) { recorded in
                _ = try await recorded.segments(1) { $0.run.media.audio == nil }
                let status = await recorded.camera.status
                #expect(status.reason?.contains("recorded without, until it comes") == true)
                #expect(status.restarts == 0, "\(recorded.log)")
                try await camera.sound()
                _ = try await recorded.segments(1) { $0.run.media.audio != nil }
                let later = await recorded.camera.status
                #expect(later.reason == nil && later.restarts == 1, "\(recorded.log)")
            }
        }
    }

    @Test("A looped file keeps its AAC in every round")
    func loops() async throws {
        let folder = try TemporaryFolder()
        let file = folder.file("video.ts")
        let picture = "testsrc2=size=320x180:rate=25:duration=2"
        try await TestSupport.ChildProcess.check(
            "ffmpeg",
            ["-v", "error", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine=duration=2"]
                + ["-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-pix_fmt", "yuv420p"]
                + ["-c:a", "aac", file.path]
        )
        try await RecordedCamera.record(.file(path: file.path)) { recorded in
            let segments = try await recorded.segments(6)
            let last = try recorded.playable([segments[5]])
            let output = try await TestSupport.ChildProcess.check(
                "ffprobe",
                ["-v", "error", "-select_streams", "a", "-show_entries", "packet=size"]
                    + ["-of", "csv=p=0", last.path]
            )
            #expect(output.text.split(separator: "\n").count > 10)
        }
    }

    @Test("A camera with one frame a second begins as soon as it has sent some")
    func slow() async throws {
        let options = ClockCamera.Options(keyframeInterval: 2, framesPerSecond: 1)
        try await withStopping(ClockCamera.start(options)) { camera in
            let source = CameraSource.rtsp(url: camera.url.absoluteString)
            try await RecordedCamera.record(source) { recorded in
                _ = try await recorded.segments(2)
                #expect(await recorded.camera.status.restarts == 0, "\(recorded.log)")
            }
        }
    }

    @Test("A login that ffmpeg does not know is not called a wrong password")
    func login() async throws {
        let options = ClockCamera.Options(password: "viewer:secret", authentication: .sha256)
        try await withStopping(ClockCamera.start(options)) { camera in
            let url = camera.url(user: "viewer:secret").absoluteString
            try await RecordedCamera.record(.rtsp(url: url)) { recorded in
                let reason = try #require(try await recorded.status(.down).reason)
                #expect(reason.contains("SHA-256") && !reason.contains("secret"), "\(reason)")
            }
        }
    }
}
