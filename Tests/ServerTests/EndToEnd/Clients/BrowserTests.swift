import Foundation
import TestSupport
import Testing

extension EndToEnd.ClientTests {
    @Suite("Chromium")
    struct BrowserTests {
        private let recorded: RecordedClip

        init() throws {
            recorded = try #require(RecordedClip.current)
        }

        @Test("fetch() gets the MP4 and its ranges, byte for byte")
        func content() async throws {
            let bytes = try recorded.videoBytes()
            let browser = try await Browser.start()
            try await withStopping(browser) { browser in
                try await browser.open(recorded.server.url)
                let whole = try await browser.fetch(recorded.videoURL)
                #expect(whole == (try await content(200, bytes)))
                for (range, expected) in [
                    ("0-99", bytes.prefix(100)),
                    ("1000000-2999999", bytes[1_000_000..<3_000_000]),
                    ("3000000-", bytes[3_000_000...]),
                    ("-4321", bytes.suffix(4321)),
                ] {
                    let part = try await browser.fetch(recorded.videoURL, range: range)
                    #expect(part == (try await content(206, expected)), "\(range)")
                }
            }
        }

        @Test("A video seeks to the picture of that moment")
        func seeking() async throws {
            let times = [3.5, 0.5, 2.22, 1.02, 3.9]
            let browser = try await Browser.start()
            try await withStopping(browser) { browser in
                try await browser.open(recorded.server.url)
                let seeks = try await browser.seek(in: recorded.videoURL, to: times)
                for (time, seek) in zip(times, seeks) {
                    #expect(abs(seek.currentTime - time) < 0.001)
                    // The last one at or before that moment, at 25 pictures a second.
                    #expect(seek.mediaTime <= time + 0.001, "\(time)")
                    #expect(seek.mediaTime > time - 0.041, "\(time)")
                }
            }
        }

        private func content(_ status: Int, _ bytes: Data) async throws -> FetchedContent {
            let folder = try TemporaryFolder()
            let file = folder.file("bytes")
            try bytes.write(to: file)
            let sum = try await ChildProcess.check("sha256sum", [file.path]).text
            let sha256 = String(sum.prefix { $0 != " " })
            return FetchedContent(status: status, length: bytes.count, sha256: sha256)
        }
    }
}
