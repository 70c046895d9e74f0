import Foundation
import TestSupport
import Testing

extension EndToEnd.ClientTests {
    @Suite("ffprobe and mpv")
    struct SeekingTests {
        private let recorded: RecordedClip

        init() throws {
            recorded = try #require(RecordedClip.current)
        }

        @Test("ffprobe reads over HTTP what it reads on disk")
        func reading() async throws {
            let packets = ["-show_entries", "packet=pts_time,pos,data_hash"]
            let options = packets + ["-show_data_hash", "sha256"]
            let served = try await ffprobe(recorded.videoURL.absoluteString, options)
            let kept = try await ffprobe(recorded.video.path, options)
            #expect(served.text.split(separator: "\n").count >= 99)
            #expect(served.text == kept.text)
        }

        @Test("ffprobe goes to a moment by a range")
        func seeking() async throws {
            let options = ["-read_intervals", "3%+#1", "-show_entries", "packet=pts_time,pos"]
            let served = try await ffprobe(recorded.videoURL.absoluteString, options)
            let kept = try await ffprobe(recorded.video.path, options)
            #expect(served.text == kept.text)
            let position = try #require(
                served.text.firstMatch(of: /,(\d+)\n/).flatMap { Int($0.1) }
            )
            #expect(position > 2_000_000)
            #expect(Players.rangeStarts(inLog: served.errorText).contains(position))
        }

        @Test("mpv seeks by a range, and shows the picture that is there")
        func picture() async throws {
            let served = try await Players.mpvPicture(recorded.videoURL, at: 3.5)
            let kept = try await Players.mpvPicture(recorded.video, at: 3.5)
            #expect(served.png == kept.png)
            #expect(served.rangeStarts.contains { $0 > 2_000_000 }, "\(served.rangeStarts)")
            let first = try await Players.mpvPicture(recorded.video, at: 0)
            #expect(first.png != kept.png)
        }

        private func ffprobe(_ source: String, _ options: [String]) async throws -> ProcessOutput {
            try await ChildProcess.check(
                "ffprobe",
                ["-v", "debug", "-select_streams", "v", "-of", "csv=print_section=0"] + options
                    + [source]
            )
        }
    }
}
