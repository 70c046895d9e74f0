import Foundation
import TestSupport
import Testing

extension EndToEnd.ClientTests {
    @Suite("wget and aria2")
    struct DownloadManagerTests {
        private let recorded: RecordedClip
        private let bytes: Data
        private let folder: TemporaryFolder
        private let file: URL

        init() throws {
            recorded = try #require(RecordedClip.current)
            bytes = try recorded.videoBytes()
            folder = try TemporaryFolder()
            // The name that both make of the address.
            file = folder.file("stream")
        }

        @Test("wget resumes a part of the MP4, and leaves a whole one alone")
        func wgetResumes() async throws {
            try bytes.prefix(1_234_567).write(to: file)
            let resumed = try await wget("--continue")
            #expect(resumed.contains("206 Partial Content"))
            #expect(try Data(contentsOf: file) == bytes)

            let finished = try await wget("--continue")
            #expect(finished.contains("416 Range Not Satisfiable"))
            #expect(finished.contains("The file is already fully retrieved"))
            #expect(try Data(contentsOf: file) == bytes)
        }

        @Test("wget fetches anew only what has changed")
        func wgetTimestamps() async throws {
            #expect(try await wget("--timestamping").contains("200 OK"))
            #expect(try Data(contentsOf: file) == bytes)
            #expect(try await wget("--timestamping").contains("304 Not Modified"))
        }

        @Test("aria2 puts the MP4 together from eight ranges at once")
        func aria2() async throws {
            let log = folder.file("log")
            try await ChildProcess.check(
                "aria2c",
                ["--no-conf", "--max-connection-per-server=8", "--split=8", "--min-split-size=1M"]
                    // So slow that no connection is done before the last one begins.
                    + ["--max-overall-download-limit=16M", "--file-allocation=none", "--quiet"]
                    + ["--log=\(log.path)", "--log-level=info"]
                    + [recorded.videoURL.absoluteString],
                workingDirectory: folder.url
            )
            #expect(try Data(contentsOf: file) == bytes)
            let text = try String(contentsOf: log, encoding: .utf8)
            // Its first request has no range.
            let requests = text.matches(of: /(GET [^\r\n]*|Range: bytes=\d+-\d+)\r\n/)
            #expect(requests.count { $0.1.hasPrefix("GET") } >= 8)
            #expect(requests.count { $0.1.hasPrefix("Range") } >= 7)
        }

        /// Fetches the MP4 into the folder; gives back what it said.
        private func wget(_ option: String) async throws -> String {
            let output = try await ChildProcess.check(
                "wget",
                ["--no-config", "--tries=1", "--server-response", option]
                    + [recorded.videoURL.absoluteString],
                environment: ["LC_ALL": "C"],
                workingDirectory: folder.url
            )
            return output.errorText
        }
    }
}
