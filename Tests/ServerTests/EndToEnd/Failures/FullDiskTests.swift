import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite(
        "A full disk",
        .enabled(if: SmallFileSystem.isThere, "needs root, who may mount a small file system")
    )
    struct FullDiskTests {
        @Test("Rings shrink, triggers are refused, the server stays up; with room all works on")
        func fullDisk() async throws {
            let films = try TemporaryFolder()
            let film = films.file("film.mp4")
            try await TestVideo(seconds: 4, size: "320x180", keyframeInterval: 25).write(to: film)
            let disk = try SmallFileSystem(megabytes: 64)
            let server = try await HindsightServer.start(
                cameras: [("yard", film.path)],
                settings: ["MIN_FREE_GB=0", "BUFFER_DURATION=20", "SEGMENT_DURATION=1"],
                storage: disk.folder
            )
            try await withStopping(server) { server in
                try await server.waitForRings(of: 3)
                let kept = try await server.trigger(#"{"before": 2, "after": 2}"#)
                try disk.fill()

                let refused = try await server.client.post("/api/store")
                #expect(refused.status == 507, "\(refused.text)")
                let warning = "until there is room, rings hold at most 10 s"
                try await eventually("the rings to shrink", timeout: .seconds(30)) {
                    try await health(of: server).warnings.contains { $0.hasSuffix(warning) }
                }
                #expect(try await health(of: server).status == "degraded")
                #expect(server.process.errorText.contains(warning))

                try disk.makeRoom()
                #expect(try await server.finished(kept.id).status == "ready")
                try await eventually("all to be well again", timeout: .seconds(60)) {
                    let health = try await health(of: server)
                    return health.status == "ok" && health.warnings.isEmpty
                }
                let next = try await server.trigger(#"{"before": 1, "after": 1}"#)
                #expect(try await server.finished(next.id).status == "ready")
                #expect(server.process.errorText.contains("the disk has room again"))
            }
        }

        private func health(
            of server: HindsightServer
        ) async throws -> (status: String?, warnings: [String]) {
            let health = try await server.client.get("/api/health").jsonObject()
            return (health["status"] as? String, health["warnings"] as? [String] ?? [])
        }
    }
}
