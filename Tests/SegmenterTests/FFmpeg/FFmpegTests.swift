import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("ffmpeg")
struct FFmpegTests {
    @Test("Is found on PATH and states its version")
    func version() async throws {
        let ffmpeg = try FFmpeg()
        #expect(ffmpeg.path.hasSuffix("/ffmpeg"))
        let version = try await ffmpeg.version()
        #expect(FFmpeg.isRecentEnough(version))
    }

    @Test("A path that leads to no program is an error of its own")
    func missing() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("ffmpeg").path
        #expect(throws: SegmenterError.ffmpegMissing(path: path)) { try FFmpeg(path: path) }
    }

    @Test("Another program does not pass for ffmpeg")
    func impostor() async throws {
        let impostor = try FFmpeg(path: "/bin/true")
        await #expect(throws: SegmenterError.self) { try await impostor.version() }
    }

    @Test(
        "Knows which versions are recent enough",
        arguments: [
            ("5.1.9-0+deb12u1", true), ("5.1", true), ("6.0", true), ("n7.1", true),
            ("7.0.2-static", true), ("N-109468-gd39b34123d", true), ("2026-01-01-git-0", true),
            ("5.0.1", false), ("4.4.2-0ubuntu0.22.04.1", false), ("n4.4", false), ("5", false),
        ]
    )
    func recentEnough(_ version: String, _ expected: Bool) {
        #expect(FFmpeg.isRecentEnough(version) == expected)
    }

    @Test("Runs to its end and keeps its last words")
    func run() async throws {
        let outcome = try await FFmpeg().run(
            ["-f", "lavfi", "-i", "testsrc2=size=64x64:rate=5", "-t", "1", "-f", "null", "-"]
        )
        #expect(outcome.status.isSuccess)
        #expect(outcome.log.contains { $0.contains("video:") })
        let failed = try await FFmpeg().run(["-i", "/nonexistent.mp4", "-f", "null", "-"])
        #expect(failed.status == .exited(code: 1))
        #expect(failed.log.last?.hasSuffix("No such file or directory") == true)
    }

    @Test("Is killed when its time is up")
    func limit() async throws {
        let outcome = try await FFmpeg().run(Self.endless, limit: .milliseconds(200))
        #expect(outcome.status == .killed(signal: SIGKILL))
    }

    @Test("Is killed when the task is cancelled, before it started too")
    func cancelled() async throws {
        let task = Task { try await FFmpeg().run(Self.endless) }
        task.cancel()
        #expect(try await task.value.status == .killed(signal: SIGKILL))
    }

    private static let endless = [
        "-re", "-f", "lavfi", "-i", "testsrc2=size=64x64", "-f", "null", "-",
    ]
}
