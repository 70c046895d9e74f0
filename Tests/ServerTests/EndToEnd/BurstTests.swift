import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite("Many triggers at once")
    struct BurstTests {
        @Test("Fifty triggers in ten seconds on three cameras make fifty exact clips")
        func burst() async throws {
            let rtsp = try await RTSPCameras.shared()
            let server = try await HindsightServer.start(
                cameras: [
                    ("one", rtsp.url(for: .h264).absoluteString),
                    ("two", rtsp.url(for: .h264AAC).absoluteString),
                    ("three", rtsp.url(for: .clock).absoluteString),
                ],
                settings: ["BUFFER_DURATION=10"]
            )
            try await withStopping(server) { server in
                try await server.waitForRings(of: 9)
                let ids = try await withThrowingTaskGroup { group in
                    for number in 0..<50 {
                        group.addTask {
                            // Spread over ten seconds, several of them on the same instant.
                            try await Task.sleep(for: .milliseconds(number / 2 * 400))
                            let camera = ["one", "two", "three"][number % 3]
                            return try await server.trigger(
                                #"{"camera": "\#(camera)", "before": 5, "after": \#(3 + number % 4)}"#
                            ).id
                        }
                    }
                    return try await group.reduce(into: [String]()) { $0.append($1) }
                }
                #expect(Set(ids).count == 50)
                let folder = try TemporaryFolder()
                for id in ids {
                    let clip = try await server.finished(id)
                    #expect(clip.status == "ready", "\(clip.error ?? "")")
                    #expect(clip.coverage.complete, "\(clip.coverage.gaps)")
                    let asked = Double(
                        try microseconds(clip.requested_end) - microseconds(clip.requested_start)
                    )
                    let file = try await server.download(clip, into: folder)
                    let duration = try #require(try await MediaProbe(file).video?.duration)
                    #expect(abs(duration - asked / 1_000_000) <= 0.041, "\(clip.camera)")
                    #expect(try await MediaProbe.decodingErrors(of: file) == "")
                }
                try await EndToEnd.expectPrunedRings(of: server, holding: 10)
            }
        }
    }

    /// Waits until no ring has more than its buffer and two segments of 2 s, in the API and on disk.
    static func expectPrunedRings(
        of server: HindsightServer,
        holding seconds: Double
    ) async throws {
        try await eventually("pruned rings", timeout: .seconds(15), every: .milliseconds(200)) {
            let cameras = try await server.cameras()
            let files = try FileManager.default.subpathsOfDirectory(
                atPath: server.storage.file("ring").path
            ).filter { $0.hasSuffix(".m4s") }
            return cameras.allSatisfy { $0.ring.duration <= seconds + 4 }
                && files.count <= cameras.count * Int(seconds / 2 + 3)
        }
    }
}
