import Foundation
import TestSupport
import Testing

extension EndToEnd.ClientTests {
    @Suite("curl")
    struct CurlTests {
        private let recorded: RecordedClip
        private let bytes: Data
        private let folder: TemporaryFolder
        private let file: URL

        init() throws {
            recorded = try #require(RecordedClip.current)
            bytes = try recorded.videoBytes()
            folder = try TemporaryFolder()
            file = folder.file("fetched.mp4")
        }

        @Test("Fetches the whole MP4", arguments: ["--http1.1", "--http1.0"])
        func whole(_ version: String) async throws {
            #expect(bytes.count > 4_000_000)
            try await curl(version, "--output", file.path)
            #expect(try Data(contentsOf: file) == bytes)
        }

        @Test(
            "Fetches ranges",
            arguments: [
                "0-0", "1-70000", "65536-3145727", "3000000-", "-70000", "4000000-99999999999",
            ]
        )
        func ranges(_ range: String) async throws {
            let status = try await curl("--range", range, "--output", file.path)
            #expect(status == "206")
            let ends = range.split(separator: "-", omittingEmptySubsequences: false)
                .map { Int($0) }
            let expected =
                switch (ends[0], ends[1]) {
                case (let first?, let last?): bytes[first..<min(last + 1, bytes.count)]
                case (let first?, nil): bytes[first...]
                default: bytes.suffix(try #require(ends[1]))
                }
            #expect(try Data(contentsOf: file) == expected)
        }

        @Test("Resumes a download that was cut")
        func resume() async throws {
            // The reader goes away, and curl with it, with most of the MP4 still to come.
            let url = recorded.videoURL.absoluteString
            let line = "curl --silent '\(url)' | head --bytes 1500000 > '\(file.path)'"
            try await ChildProcess.check("sh", ["-c", line])
            #expect(try Data(contentsOf: file) == bytes.prefix(1_500_000))

            let status = try await curl("--continue-at", "-", "--output", file.path)
            #expect(status == "206")
            #expect(try Data(contentsOf: file) == bytes)
        }

        @Test("HEAD gets the header fields of GET, and nothing else")
        func head() async throws {
            let fields = folder.file("fields")
            try await curl("--dump-header", fields.path, "--output", "/dev/null")
            let ofGet = try String(contentsOf: fields, encoding: .utf8)
            try await curl("--head", "--output", file.path)
            let ofHead = try String(contentsOf: file, encoding: .utf8)
            #expect(lasting(ofHead) == lasting(ofGet))
            #expect(ofHead.contains("Content-Length: \(bytes.count)\r\n"))
        }

        @Test("Fetches by time only what has changed since")
        func timeCondition() async throws {
            try await curl("--remote-time", "--output", file.path)
            let other = folder.file("again.mp4")
            let unchanged = try await curl("--time-cond", file.path, "--output", other.path)
            #expect(unchanged == "304")
            let changed = try await curl(
                "--time-cond",
                "Sat, 01 Jan 2000 00:00:00 GMT",
                "--output",
                other.path
            )
            #expect(changed == "200")
            #expect(try Data(contentsOf: other) == bytes)
        }

        @Test("Fetches by tag only what is not there yet")
        func entityTag() async throws {
            let tag = folder.file("tag").path
            let options = ["--etag-save", tag, "--etag-compare", tag]
            #expect(try await curl(options + ["--output", file.path]) == "200")
            #expect(try Data(contentsOf: file) == bytes)
            #expect(try await curl(options + ["--output", folder.file("again").path]) == "304")
        }

        @Test("Names a download as the server does")
        func name() async throws {
            let url = recorded.server.url(recorded.clip.links.download).absoluteString
            try await ChildProcess.check(
                "curl",
                ["--silent", "--show-error", "--remote-name", "--remote-header-name", url],
                workingDirectory: folder.url
            )
            #expect(try Data(contentsOf: folder.file(recorded.clip.filename)) == bytes)
        }

        @Test("Fetches playlist, init segment and segments on one connection")
        func playlist() async throws {
            let url = recorded.server.url(recorded.clip.links.playlist)
            let playlist = try await recorded.server.client.get(recorded.clip.links.playlist).text
            let parts =
                playlist.matches(of: /#EXT-X-MAP:URI="([^"]+)"/).map { String($0.1) }
                + playlist.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
            #expect(parts.count >= 4)
            let names = ["index.m3u8"] + parts
            let base = url.deletingLastPathComponent()
            let output = try await ChildProcess.check(
                "curl",
                ["--silent", "--show-error", "--fail", "--remote-name-all"]
                    + ["--write-out", "%{num_connects}\n"]
                    + names.map { base.appending(path: $0).absoluteString },
                workingDirectory: folder.url
            )
            #expect(output.text.split(separator: "\n").compactMap { Int($0) }.reduce(0, +) == 1)
            for name in names {
                let kept = try Data(contentsOf: recorded.folder.appending(path: name))
                #expect(try Data(contentsOf: folder.file(name)) == kept, "\(name)")
            }
        }

        /// Fetches the MP4 in curl's way; gives back the status.
        @discardableResult
        private func curl(_ options: String...) async throws -> String {
            try await curl(options)
        }

        private func curl(_ options: [String]) async throws -> String {
            let output = try await ChildProcess.check(
                "curl",
                ["--silent", "--show-error", "--write-out", "%{http_code}"] + options
                    + [recorded.videoURL.absoluteString]
            )
            return output.text
        }

        /// The lines of a head that another answer of the same content has too.
        private func lasting(_ head: String) -> [Substring] {
            head.split(separator: "\r\n")
                .filter { !$0.hasPrefix("Date: ") && !$0.hasPrefix("X-Request-Id: ") }
        }
    }
}
