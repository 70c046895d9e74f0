import Foundation
import TestSupport
import Testing

extension SideBySide {
    @Suite("Ready at once")
    struct ReadyTests {
        @Test("A clip does not wait for the camera's next keyframe, and is exact without it")
        func longGOP() async throws {
            let storage = try TemporaryFolder()
            let film = storage.file("film.mp4")
            try await TestVideo(
                audio: .aac,
                seconds: 60,
                size: "160x90",
                keyframeInterval: 1500
            ).write(to: film)
            let server = try await HindsightServer.start(
                cameras: [("film", film.path)],
                storage: storage
            )
            try await withStopping(server) { server in
                try await server.waitForRings(of: 3)
                let id = try await server.trigger(#"{"before": 2, "after": 1}"#).id
                let clip = try await server.finished(id)
                // The first keyframe is still the only one.
                #expect(try await server.cameras().map(\.ring.segments) == [1])
                #expect(clip.status == "ready", "\(clip.error ?? "")")
                #expect(clip.coverage.complete, "\(clip.coverage.gaps)")
                let file = try await server.download(clip, into: storage)
                #expect(try await MediaProbe.decodingErrors(of: file) == "")
                let duration = try #require(try await MediaProbe(file).video?.duration)
                #expect(abs(duration - 3) <= 0.041)
                let playlist = try await server.client.get(clip.links.playlist).text
                #expect(playlist.contains("#EXT-X-ENDLIST"))
                let played = try await Players.ffprobe(server.url(clip.links.playlist))
                #expect(try #require(played.duration) > 3)
            }
        }

        @Test("While a clip is recorded its playlist lists whole segments alone")
        func growing() async throws {
            let server = try await HindsightServer.start()
            try await withStopping(server) { server in
                try await server.waitForRings(of: 3)
                let clip = try await server.trigger(#"{"before": 3, "after": 60}"#)
                let entries = try await eventually("two segments", timeout: .seconds(30)) {
                    let text = try await server.client.get(clip.links.playlist).text
                    let entries = text.split(separator: "\n").filter { $0.hasPrefix("#EXTINF:") }
                    return entries.count >= 2 ? entries : nil
                }
                #expect(entries.allSatisfy { $0 == "#EXTINF:2.000000," })
            }
        }
    }
}
