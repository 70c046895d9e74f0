import Foundation
import TestSupport
import Testing

extension SideBySide {
    @Suite("Snapshots")
    struct SnapshotTests {
        private static let path = "/api/cameras/test/snapshot.jpg"

        /// One segment of a live playlist.
        private struct Listed {
            let initName: String
            let name: String
            /// In microseconds since 1970.
            let start: Int64
        }

        private func playlist(_ server: HindsightServer) async throws -> [Listed] {
            let text = try await server.client.get("/api/cameras/test/live/index.m3u8").text
            let initName = try #require(text.firstMatch(of: /#EXT-X-MAP:URI="([^"]+)"/)).1
            let entries = text.matches(
                of: /#EXT-X-PROGRAM-DATE-TIME:(\S+)\n(?:#EXT-X-PART.+\n)*#EXTINF.+\n([^#\s]+)\n/
            )
            return try entries.map { entry in
                Listed(
                    initName: String(initName),
                    name: String(entry.2),
                    start: try microseconds(String(entry.1))
                )
            }
        }

        private func moment(_ microseconds: Int64) -> String {
            let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
            return Date(timeIntervalSince1970: Double(microseconds) / 1_000_000).formatted(style)
        }

        @Test("A hundred viewers cost one decode, and have the picture checked for nothing")
        func crowd() async throws {
            let storage = try TemporaryFolder()
            let (ffmpeg, log) = (storage.file("ffmpeg"), storage.file("started"))
            try """
            #!/bin/sh
            case "$*" in *snapshot.jpg*) echo "$*" >> '\(log.path)' ;; esac
            exec ffmpeg "$@"
            """.write(to: ffmpeg, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755],
                ofItemAtPath: ffmpeg.path
            )
            let server = try await HindsightServer.start(
                settings: ["FFMPEG_PATH=\(ffmpeg.path)"],
                storage: storage
            )
            try await withStopping(server) { server in
                try await server.waitForRings(of: 4)
                // A moment of the past, so that no newer segment comes in between.
                let segment = try #require(try await playlist(server).last)
                let path = "\(Self.path)?at=\(moment(segment.start + 40_000))"
                let client = server.client
                let answers = try await withThrowingTaskGroup(of: HTTPResponse.self) { group in
                    for _ in 0..<100 { group.addTask { try await client.get(path) } }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(answers.allSatisfy { $0.status == 200 && $0.body == answers[0].body })
                let tags = Set(answers.map { $0.header("ETag") })
                let tag = try #require(tags.first ?? nil)
                #expect(tags.count == 1)
                #expect(answers[0].header("Cache-Control") == "no-cache")
                let again = try await client.get(path, headers: ["If-None-Match": tag])
                #expect(again.status == 304 && again.body.isEmpty)
                let head = try await client.send("HEAD", path)
                #expect(head.status == 200 && head.body.isEmpty)
                #expect(head.header("Content-Length") == String(answers[0].body.count))
                let started = try String(contentsOf: log, encoding: .utf8)
                #expect(started.split(separator: "\n").count == 1, "\(started)")
                let left = storage.file("ring/.snapshots").path
                #expect(try FileManager.default.contentsOfDirectory(atPath: left).isEmpty)
            }
        }

        @Test("It is the first frame of the newest segment, or of the one on display at a moment")
        func moments() async throws {
            let server = try await HindsightServer.start(settings: ["SEGMENT_DURATION=1"])
            try await withStopping(server) { server in
                try await server.waitForRings(of: 4)
                let newest = try await server.client.get(Self.path)
                #expect(newest.status == 200 && newest.header("Content-Type") == "image/jpeg")
                let picture = server.storage.file("picture.jpg")
                try newest.body.write(to: picture)
                let camera = try #require(try await server.cameras().first)
                let probe = try #require(try await MediaProbe(picture).video)
                #expect(probe.codec == "mjpeg")
                #expect(probe.width == camera.width && probe.height == camera.height)

                let listed = try await playlist(server)
                let (before, shown) = (listed[0], listed[1])
                let answer = try await server.client.get(
                    "\(Self.path)?at=\(moment(shown.start + 500_000))"
                )
                #expect(answer.status == 200)
                #expect(try await firstFrame(of: shown, server) == answer.body)
                #expect(try await firstFrame(of: before, server) != answer.body)
                // It says when it was taken.
                let formatter = DateFormatter()
                formatter.locale = Locale(identifier: "en_US_POSIX")
                formatter.timeZone = .gmt
                formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
                let seconds = Double(shown.start / 1_000_000)
                let taken = formatter.string(from: Date(timeIntervalSince1970: seconds))
                #expect(answer.header("Last-Modified") == taken)
            }
        }

        /// The picture that ffmpeg makes of a listed segment as a client gets it.
        private func firstFrame(of listed: Listed, _ server: HindsightServer) async throws -> Data {
            let movie = server.storage.file("\(listed.name).mp4")
            var bytes = Data()
            for name in [listed.initName, listed.name] {
                bytes += try await server.client.get("/api/cameras/test/live/\(name)").body
            }
            try bytes.write(to: movie)
            let picture = server.storage.file("\(listed.name).jpg")
            try await ChildProcess.check(
                "ffmpeg",
                ["-v", "error", "-y", "-i", movie.path, "-frames:v", "1", "-q:v", "3"]
                    + ["-update", "1", picture.path]
            )
            return try Data(contentsOf: picture)
        }

        @Test("Where there is no picture, that is said")
        func absence() async throws {
            let nowhere = "rtsp://127.0.0.1:\(try FreePort.next())/none"
            let server = try await HindsightServer.start(
                cameras: [("test", "test"), ("none", nowhere)],
                settings: ["SEGMENT_DURATION=1"]
            )
            try await withStopping(server) { server in
                let client = server.client
                let none = try await client.get("/api/cameras/none/snapshot.jpg")
                #expect(none.status == 503 && none.header("Retry-After") == "2")
                #expect(try await client.get("/api/cameras/other/snapshot.jpg").status == 404)
                try await eventually("a picture", timeout: .seconds(60)) {
                    try await client.get(Self.path).status == 200
                }
                let now = Int64(Date().timeIntervalSince1970 * 1_000_000)
                for (query, status) in [
                    ("at=\(moment(now - 3_600_000_000))", 404),
                    ("at=\(moment(now + 60_000_000))", 409), ("at=noon", 400), ("time=0", 400),
                ] {
                    let answer = try await client.get("\(Self.path)?\(query)")
                    #expect(answer.status == status, "\(query): \(answer.text)")
                }
            }
        }
    }
}
