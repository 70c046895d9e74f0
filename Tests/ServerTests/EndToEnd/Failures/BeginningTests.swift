import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// A run's first pictures, when all of them come late.
    @Suite("A run that hangs as it begins")
    struct BeginningTests {
        @Test(
            "Its pictures are dated by when they were taken, and none is lost",
            .timeLimit(.minutes(2))
        )
        func hanging() async throws {
            let cameras = try await ClockCameras.start([.init(id: "door")])
            try await withStopping(cameras) { cameras in
                try await withStopping(
                    try await HindsightServer.start(cameras: cameras.sources)
                ) { server in
                    // It looks at what comes before it writes anything.
                    try await cameras["door"].tell(.watched)
                    let pid = try #require(try server.ffmpeg(of: cameras["door"]))
                    kill(pid, SIGSTOP)
                    // What the camera sends meanwhile waits in the socket.
                    try await Task.sleep(for: .seconds(7))
                    kill(pid, SIGCONT)
                    // Of these it hung for seven.
                    try await server.waitForRings(of: 10)
                    let clip = try await server.finished(
                        try await server.trigger("door", before: 9, after: 1).id
                    )
                    let truth = try await server.truth(
                        of: clip,
                        tolerance: ClipTruth.crowdedTolerance,
                        in: server.storage
                    )
                    #expect(truth.violationsWhole == [], "\(truth)")
                    #expect(try await server.camera("door").restarts == 0)
                }
            }
        }
    }
}
