import Foundation
import TestSupport
import Testing

extension SideBySide {
    @Suite("hindsight probe")
    struct ProbeTests {
        private struct Answer: Decodable {
            struct Codecs: Decodable {
                let video: String?
                let audio: String?
            }

            let kind: String
            let status: String
            let reason: String?
            let width: Int?
            let fps: Double?
            let codecs: Codecs
            let source_codecs: Codecs
            let profile: String?
            let bitrate: Int?
            let gop: Double?
            let warnings: [String]
        }

        /// The program, with a folder for its temporary files that is empty afterwards.
        private func probe(
            _ arguments: String...,
            stopping: Bool = false
        ) async throws -> ChildProcess {
            let folder = try TemporaryFolder()
            let process = try await HindsightServer.run(
                ["probe"] + arguments,
                in: folder,
                environment: ["TMPDIR": folder.path]
            )
            if stopping {
                try await eventually("a recording") {
                    try FileManager.default.subpathsOfDirectory(atPath: folder.path)
                        .contains { $0.hasSuffix("init.mp4") }
                }
                process.send(SIGINT)
            }
            _ = try await process.exit(within: .seconds(60))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
            return process
        }

        @Test("Says what a file sends and what of that hurts, in words and as JSON")
        func file() async throws {
            let folder = try TemporaryFolder()
            let file = folder.file("door.mkv")
            try await TestVideo(audio: .alaw, seconds: 4, keyframeInterval: 25, bFrames: 2)
                .write(to: file)
            let words = try await probe(file.path)
            #expect(words.status == .exited(0), "\(words.errorText)")
            for line in [
                "camera     door.mkv",
                "video      h264 Main@1.2 (avc1.4d400c), copied, 320×180, 25 fps",
                "sound      pcm_alaw, encoded as aac LC (mp4a.40.2)", "keyframes  every 1 s",
                "B-frames   yes", "warning    The stream has B-frames",
                "warning    The sound is G.711",
            ] {
                #expect(words.outputText.contains(line), "\(words.outputText)")
            }
            let json = try await probe(file.path, "--json", "--seconds", "3")
            #expect(json.status == .exited(0), "\(json.errorText)")
            let answer = try JSONDecoder().decode(Answer.self, from: Data(json.outputText.utf8))
            #expect(answer.kind == "file" && answer.status == "live" && answer.width == 320)
            #expect(answer.codecs.video == "h264" && answer.source_codecs.audio == "pcm_alaw")
            #expect(answer.gop == 1 && answer.fps == 25 && answer.profile == "Main@1.2")
            #expect(answer.warnings.count == 2 && (answer.bitrate ?? 0) > 10_000)
        }

        @Test("Says what cannot be probed, and why, without the password")
        func failures() async throws {
            let folder = try TemporaryFolder()
            let text = folder.file("notes.mp4")
            try Data(repeating: 0x41, count: 5000).write(to: text)
            let cases = [
                ("rtsp://me:secret@127.0.0.1:9/x", "nothing answers at this address"),
                (text.path, "what arrives is not video"),
                ("missing.mp4", "there is no such file"),
                ("/dev/video99", "there is no such"),
            ]
            for (target, reason) in cases {
                let process = try await probe(target)
                #expect(process.status == .exited(1), "\(target)")
                #expect(
                    process.outputText.contains("fails      \(reason)"),
                    "\(process.outputText)"
                )
                #expect(!process.outputText.contains("secret"))
            }
            let json = try await probe("missing.mp4", "--json")
            #expect(json.status == .exited(1))
            let answer = try JSONDecoder().decode(Answer.self, from: Data(json.outputText.utf8))
            #expect(answer.status == "down" && answer.reason?.contains("no such file") == true)
            let scheme = try await probe("gopher://h/1")
            #expect(scheme.status == .exited(2))
            #expect(scheme.errorText.contains("rtsp://"))
        }

        @Test("An interrupt ends it with what is known, and leaves nothing behind")
        func interrupt() async throws {
            let process = try await probe("test", "--seconds", "600", stopping: true)
            #expect(process.outputText.contains("camera     test pattern"))
            #expect(process.outputText.contains("encoded as h264"))
            #expect(process.status == .exited(0))
        }
    }
}
