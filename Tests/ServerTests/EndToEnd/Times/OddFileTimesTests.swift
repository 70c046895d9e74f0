import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite("A file system's own times do not matter")
    struct OddFileTimesTests {
        /// As of exFAT, and of a network drive whose server's clock is not right.
        @Test(
            "Where they are coarse, or of another clock",
            .enabled(
                "no file system with odd times can be mounted here (python3-fusepy, /dev/fuse)"
            ) {
                await OddTimes.obstacle() == nil
            }
        )
        func oddTimes() async throws {
            let oddities: [(id: String, OddTimes.Oddity)] = [
                ("coarse", .init(step: 2, hasLinks: false)), ("ahead", .init(ahead: 7)),
                ("behind", .init(ahead: -7)), ("a-little-behind", .init(ahead: -0.4)),
            ]
            try await withStopping(try await ClockCamera.start()) { camera in
                try await withThrowingTaskGroup { group in
                    for (id, oddity) in oddities {
                        group.addTask { try await check(oddity, id, camera) }
                    }
                    try await group.waitForAll()
                }
            }
        }

        private func check(
            _ oddity: OddTimes.Oddity,
            _ id: String,
            _ camera: ClockCamera
        ) async throws {
            try await withStopping(try await OddTimes.start(oddity)) { files in
                try await withStopping(
                    try await HindsightServer.start(
                        cameras: [(id, camera.url.absoluteString)],
                        settings: ["STORAGE_PATH=\(files.path)/storage"]
                    )
                ) { server in
                    try await server.waitForRings(of: 9)
                    let clips = try await server.trigger([id], before: 6, after: 1.3)
                    try await server.checkTimes(of: clips, [.init(id: id)])
                }
            }
        }
    }
}
