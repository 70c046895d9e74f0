import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite("Clips ready at once")
    struct ReadyTests {
        /// The next keyframe is up to twenty seconds away.
        @Test("A clip does not wait for the camera's next keyframe")
        func longGOP() async throws {
            let rare = ClockCameras.Plan(id: "rare", options: .init(keyframeInterval: 25 * 20))
            let cameras = try await ClockCameras.start([rare])
            try await withStopping(cameras) { cameras in
                let server = try await HindsightServer.start(cameras: cameras.sources)
                try await withStopping(server) { server in
                    try await server.waitForRings(of: 15)
                    for _ in 0..<3 {
                        let trigger = try await server.trigger("rare", before: 3, after: 1)
                        // Time for a slow machine, but not for a keyframe in each of three.
                        let clip = try await server.finished(trigger.id, timeout: .seconds(7))
                        let truth = try await server.truth(of: clip, in: server.storage)
                        #expect(truth.violationsWhole == [], "\(truth)")
                    }
                }
            }
        }
    }
}
