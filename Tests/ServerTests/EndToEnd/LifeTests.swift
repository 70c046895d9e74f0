import Foundation
import TestSupport
import Testing

extension SideBySide {
    @Suite("Starting, stopping, dying")
    struct LifeTests {
        @Test(
            "SIGTERM and SIGINT end it with 0, and its ffmpeg with it",
            arguments: [SIGTERM, SIGINT]
        )
        func orderlyStop(signal: Int32) async throws {
            let server = try await HindsightServer.start()
            try await withStopping(server) { server in
                try await server.waitForRings(of: 1)
                let ffmpegs = try server.ffmpegs()
                #expect(!ffmpegs.isEmpty)
                server.process.send(signal)
                #expect(try await server.process.exit(within: .seconds(15)) == .exited(0))
                #expect(ffmpegs.filter(Self.lives).isEmpty)
                // A database that was closed has taken its write-ahead log in.
                let log = server.storage.file("database.db-wal").path
                #expect(!FileManager.default.fileExists(atPath: log))
            }
        }

        @Test("SIGHUP ends nothing, even where there is nothing to take up again")
        func hangUp() async throws {
            let server = try await HindsightServer.start()
            try await withStopping(server) { server in
                server.process.send(SIGHUP)
                try await eventually("its word") {
                    server.process.errorText.contains("SIGHUP changes nothing")
                }
                #expect(try await server.client.get("/api/health").status == 200)
            }
        }

        @Test("After kill -9 no ffmpeg lives on")
        func killed() async throws {
            let server = try await HindsightServer.start()
            try await withStopping(server) { server in
                try await server.waitForRings(of: 1)
                let ffmpegs = try server.ffmpegs()
                #expect(!ffmpegs.isEmpty)
                server.process.send(SIGKILL)
                try await server.process.exit(within: .seconds(5))
                try await eventually("ffmpeg to end") { ffmpegs.filter(Self.lives).isEmpty }
            }
        }

        @Test(
            "A clip that was being recorded is taken up by the next start",
            arguments: [SIGTERM, SIGKILL]
        )
        func takenUp(signal: Int32) async throws {
            let storage = try TemporaryFolder()
            let first = try await HindsightServer.start(storage: storage)
            let id = try await withStopping(first) { server in
                try await server.waitForRings(of: 5)
                let id = try await server.trigger(#"{"before": 4, "after": 9}"#).id
                server.process.send(signal)
                try await server.process.exit(within: .seconds(15))
                return id
            }
            // The next start is so quick that it might be no gap at all.
            try await Task.sleep(for: .seconds(1))
            let second = try await HindsightServer.start(storage: storage)
            try await withStopping(second) { server in
                let clip = try await server.finished(id)
                #expect(clip.status == "ready")
                #expect(clip.coverage.gaps.map(\.reason) == ["the camera was down"])
                let file = try await server.download(clip, into: storage)
                #expect(try await MediaProbe.decodingErrors(of: file) == "")
                let duration = try #require(try await MediaProbe(file).video?.duration)
                let stated = try #require(clip.duration)
                #expect(abs(duration - stated) <= 0.041, "\(duration) is not \(stated)")
                _ = try await Players.gstreamer(server.url(clip.links.playlist), by: .playbin3)
            }
        }

        @Test("A camera whose ffmpeg is killed records on, and what it had stays")
        func cameraComesBack() async throws {
            let server = try await HindsightServer.start()
            try await withStopping(server) { server in
                try await server.waitForRings(of: 5)
                for pid in try server.ffmpegs() { kill(pid_t(pid), SIGKILL) }
                try await eventually("a second run", timeout: .seconds(20)) {
                    let camera = try #require(try await server.cameras().first)
                    return camera.restarts == 1 && camera.status == "live"
                }
                // Live with its first part; the playlist has it when its first segment has closed.
                try await eventually("the second run's first segment", timeout: .seconds(20)) {
                    let live = try await server.client.get("/api/cameras/test/live/index.m3u8").text
                    return live.contains("#EXT-X-DISCONTINUITY\n#EXT-X-MAP:")
                }
                #expect(try #require(try await server.cameras().first).ring.duration > 5)
            }
        }

        @Test("Two servers on one storage folder are refused")
        func lock() async throws {
            let server = try await HindsightServer.start()
            try await withStopping(server) { server in
                let arguments = ["PORT=0", "STORAGE_PATH=\(server.storage.path)"]
                let second = try await HindsightServer.run(arguments, in: server.storage)
                #expect(try await second.exit(within: .seconds(10)) == .exited(1))
                #expect(second.errorText.contains("another hindsight (pid \(server.process.pid))"))
            }
        }

        @Test("What keeps it from starting is said with its remedy")
        func refusals() async throws {
            let server = try await HindsightServer.start()
            try await withStopping(server) { server in
                let old = server.storage.file("old-ffmpeg")
                try "#!/bin/sh\necho 'ffmpeg version 4.1.11 Copyright' >&2\n"
                    .write(to: old, atomically: true, encoding: .utf8)
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o755],
                    ofItemAtPath: old.path
                )
                let other = "STORAGE_PATH=\(server.storage.file("other").path)"
                let cases: [(arguments: [String], code: Int32, words: [String])] = [
                    (
                        ["PORT=\(server.port)", other], 1,
                        ["port \(server.port) is in use by hindsight (pid"]
                    ),
                    (
                        ["FFMPEG_PATH=/nonexistent/ffmpeg", other], 1,
                        ["no ffmpeg", "apt-get install ffmpeg"]
                    ),
                    (["FFMPEG_PATH=\(old.path)", other], 1, ["4.1.11", "too old"]),
                    (["STORAGE_PATH=\(old.path)/below"], 1, ["cannot be written", "STORAGE_PATH"]),
                    (["PORT=http"], 2, ["PORT=http is not a whole number"]),
                    (["HOST=0.0.0.0"], 2, ["API_KEY", "ALLOW_ANONYMOUS"]),
                    (["NONSENSE=1"], 2, ["NONSENSE"]),
                    (["record"], 2, ["record", "--help"]),
                ]
                for (arguments, code, words) in cases {
                    let process = try await HindsightServer.run(arguments, in: server.storage)
                    let status = try await process.exit(within: .seconds(20))
                    #expect(status == .exited(code), "\(arguments): \(process.errorText)")
                    for word in words {
                        #expect(process.errorText.contains(word), "\(process.errorText)")
                    }
                }
            }
        }

        @Test("The doctor finds each trouble, and none on a healthy machine")
        func doctor() async throws {
            let folder = try TemporaryFolder()
            let storage = "STORAGE_PATH=\(folder.path)"
            let port = "PORT=\(try FreePort.next())"
            let well = try await HindsightServer.run(["doctor", storage, port], in: folder)
            #expect(try await well.exit(within: .seconds(40)) == .exited(0), "\(well.outputText)")
            #expect(well.outputText.contains("Nothing stands in the way."))
            let cases: [(setting: String, words: [String])] = [
                ("CAMERA_SOURCE=/dev/video99", ["there is no device /dev/video99", "→"]),
                ("CAMERA_SOURCE=missing.mp4", ["missing.mp4", "cannot be read"]),
                (
                    "RTSP_URL=rtsp://me:secret@127.0.0.1:9/x",
                    ["nothing answers", "***@127.0.0.1:9"]
                ),
            ]
            for (setting, words) in cases {
                let arguments = ["doctor", storage, port, setting]
                let process = try await HindsightServer.run(arguments, in: folder)
                #expect(try await process.exit(within: .seconds(40)) == .exited(1))
                for word in words {
                    #expect(process.outputText.contains(word), "\(process.outputText)")
                }
                #expect(!process.outputText.contains("secret"))
            }
        }

        @Test("--help and --version answer on standard output")
        func helpAndVersion() async throws {
            let folder = try TemporaryFolder()
            for (argument, words) in [
                ("--help", "Usage: hindsight"), ("--version", "hindsight 0."),
            ] {
                let process = try await HindsightServer.run([argument], in: folder)
                #expect(try await process.exit(within: .seconds(10)) == .exited(0))
                #expect(process.outputText.contains(words))
            }
        }

        private static func lives(_ pid: Int) -> Bool {
            let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
            // A zombie that nobody has reaped yet does not live.
            return stat.map { !$0.contains(") Z ") } ?? false
        }
    }
}
