import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// Benchmarks `truth` does the same for as long as one likes.
    @Suite("Clips hold exactly what was asked for")
    struct TruthTests {
        /// What the cameras write into their pictures decides.
        @Test("To the frame, whatever the camera's clock and the network do")
        func exact() async throws {
            let cameras = try await ClockCameras.start([
                .init(id: "plain"), .init(id: "fast", options: .init(speed: 1.01)),
                // Most chunks are hardly late, some 300 ms, as on real networks.
                .init(id: "jitter", jitter: .init(longest: 0.3, skew: 3)),
                .init(id: "slow", options: .init(speed: 0.99)),
                .init(id: "sound", options: .init(hasAudio: true)),
            ])
            try await withStopping(cameras) { cameras in
                try await withStopping(
                    try await HindsightServer.start(cameras: cameras.sources)
                ) { server in
                    try await server.waitForRings(of: 14)
                    var clips: [String] = []
                    for (before, after) in [(8, 3), (2, 5), (5, 0)] {
                        let body = #"{"camera": "all", "before": \#(before), "after": \#(after)}"#
                        clips += try await accepted(body, by: server)
                        // At another moment between two keyframes.
                        try await Task.sleep(for: .milliseconds(700))
                    }
                    for id in clips { try await check(id, server) }
                }
            }
        }

        private func accepted(_ body: String, by server: HindsightServer) async throws -> [String] {
            let answer = try await server.client.post("/api/store", json: body)
            try #require(answer.status == 202, "\(answer.text)")
            if let incident = try? answer.json(as: IncidentAnswer.self) {
                #expect(incident.refused.isEmpty)
                return incident.clips.map(\.id)
            }
            return [try answer.json(as: ClipAnswer.self).id]
        }

        private func check(_ id: String, _ server: HindsightServer) async throws {
            let clip = try await server.finished(id)
            let truth = try await server.truth(of: clip, in: server.storage)
            let name = Comment(rawValue: "\(clip.camera): \(truth)")
            #expect(truth.violationsWhole == [], name)
            #expect(clip.coverage.complete, name)
            // What it says of itself is measured against what it was asked for, which the frames were.
            let slack = ClockCamera.frameInterval + ClipTruth.tolerance
            let start = try microseconds(try #require(clip.start))
            let end = try microseconds(try #require(clip.end))
            let asked = try microseconds(clip.requested_start)
            #expect(abs(start - (asked + truth.startError)) <= slack, name)
            #expect(
                abs(end - (try microseconds(clip.requested_end) + truth.endError)) <= slack,
                name
            )
            try await checkPlaylist(clip, server, slack)
            if clip.camera == "sound" { try await checkSound(clip, server) }
        }

        private func checkSound(_ clip: ClipAnswer, _ server: HindsightServer) async throws {
            let file = try await server.download(clip, into: server.storage)
            let delays = try await ClockSound.delays(in: file)
            #expect(delays.count >= 4)
            #expect(delays.allSatisfy { abs($0) <= 0.1 }, "sound late by \(delays) s")
        }

        /// The playlist's first EXT-X-PROGRAM-DATE-TIME is that of its first frame.
        private func checkPlaylist(
            _ clip: ClipAnswer,
            _ server: HindsightServer,
            _ slack: Int64
        ) async throws {
            let text = try await server.client.get(clip.links.playlist).text
            let tag = try #require(text.firstMatch(of: /#EXT-X-PROGRAM-DATE-TIME:(\S+)/))
            let url = server.url(clip.links.playlist)
            let first = try #require(try await ClockFrames.read(file: url).first)
            let late = try microseconds(String(tag.1)) - first.captureTime
            #expect(abs(late) <= slack, "\(clip.camera): the playlist's time is \(late) µs late")
        }
    }
}
