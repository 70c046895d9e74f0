import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// Cameras and programs that die, hang and come back.
    @Suite("Interrupted cameras")
    struct InterruptionTests {
        /// How one camera is interrupted, and how that shows.
        private struct Interruption: Sendable {
            typealias Deed = @Sendable (ClockCamera, HindsightServer) async throws -> Void

            let id: String
            /// Of which one stands in the log's line, after the camera's state.
            let signs: [String]
            let begin: Deed
            /// Once it has been noticed; what needs no help comes back by itself.
            var end: Deed = { _, _ in }
        }

        private static let interruptions = [
            Interruption(
                id: "cut",
                signs: [
                    "the stream ended", "the connection to the camera broke", "closed the conn",
                ],
                begin: { camera, _ in try await camera.tell(.cut) }
            ),
            Interruption(
                id: "hung-up",
                signs: [
                    "the stream ended", "the connection to the camera broke", "closed the conn",
                ],
                begin: { camera, _ in try await camera.tell(.hangUp) }
            ),
            Interruption(
                id: "silent",
                signs: [
                    "does not answer", "no video for 10 s", "the connection to the camera broke",
                ],
                begin: { camera, _ in try await camera.tell(.freeze) },
                end: { camera, _ in try await camera.tell(.thaw) }
            ),
            Interruption(
                id: "hanging",
                signs: [
                    "does not answer", "no video for 10 s", "the connection to the camera broke",
                ],
                begin: { camera, _ in camera.send(SIGSTOP) },
                end: { camera, _ in camera.send(SIGCONT) }
            ),
            Interruption(
                id: "ffmpeg-killed",
                signs: ["ffmpeg ended with signal 9"],
                begin: { camera, server in
                    kill(try #require(try server.ffmpeg(of: camera)), SIGKILL)
                }
            ),
            Interruption(
                id: "ffmpeg-hanging",
                signs: ["no video for 10 s"],
                begin: { camera, server in
                    kill(try #require(try server.ffmpeg(of: camera)), SIGSTOP)
                }
            ),
        ]

        @Test(
            "What there was is in the clip, what there was not is in its coverage, nothing else",
            .timeLimit(.minutes(4))
        )
        func interrupted() async throws {
            let plans = Self.interruptions.map { ClockCameras.Plan(id: $0.id) }
            let cameras = try await ClockCameras.start(plans + [.init(id: "calm")])
            try await withStopping(cameras) { cameras in
                try await withStopping(
                    try await HindsightServer.start(cameras: cameras.sources)
                ) { server in
                    try await server.waitForRings(of: 8)
                    try await withThrowingTaskGroup { group in
                        for interruption in Self.interruptions {
                            group.addTask {
                                try await live(through: interruption, cameras, server)
                            }
                        }
                        try await group.waitForAll()
                    }
                    try await checkCalm(server)
                }
            }
        }

        private func live(
            through interruption: Interruption,
            _ cameras: ClockCameras,
            _ server: HindsightServer
        ) async throws {
            let (id, camera) = (interruption.id, cameras[interruption.id])
            let name = Comment(rawValue: id)
            // Finished from what has come, keyframe or not, whatever happens next.
            let before = try await server.trigger(id, before: 4, after: 0)
            try await Task.sleep(for: .milliseconds(500))
            let across = try await server.trigger(id, before: 3, after: 12)

            let logged = server.process.errorText.count
            try await interruption.begin(camera, server)
            let during = try await server.trigger(id, before: 4, after: 3)
            _ = try await server.logLine(
                of: id,
                withOneOf: interruption.signs,
                after: logged,
                timeout: .seconds(45)
            )
            try await interruption.end(camera, server)
            try await eventually("\(id) to be live again", timeout: .seconds(60)) {
                let answer = try await server.camera(id)
                return answer.status == "live" && answer.reason == nil && answer.restarts > 0
            }
            // Until its window lies wholly within the new run.
            try await Task.sleep(for: .seconds(3))
            let after = try await server.trigger(id, before: 1.5, after: 1)

            for trigger in [before, across, during, after] {
                let clip = try await server.finished(trigger.id)
                let truth = try await server.truth(
                    of: clip,
                    tolerance: ClipTruth.crowdedTolerance,
                    in: server.storage
                )
                let state = Comment(rawValue: "\(id): \(clip.coverage) \(truth)")
                #expect(truth.violations == [], state)
                #expect(clip.coverage.isExplained, state)
                #expect(clip.coverage.gaps.allSatisfy { !$0.reason.isEmpty }, state)
                if [before.id, after.id].contains(clip.id) {
                    #expect(truth.violationsWhole == [], state)
                } else if id != "cut" {
                    // The last picture of a torn stream came in part, and is kept as it came.
                    let file = server.storage.file("\(clip.camera)-\(clip.id).mp4")
                    #expect(try await MediaProbe.decodingErrors(of: file) == "", name)
                }
            }
        }

        /// The camera that nothing was done to has not lost a frame.
        private func checkCalm(_ server: HindsightServer) async throws {
            let calm = try await server.camera("calm")
            #expect(calm.restarts == 0)
            let seconds = min(50, calm.ring.duration.rounded(.down) - 2)
            let clip = try await server.finished(
                try await server.trigger("calm", before: seconds, after: 0).id
            )
            let truth = try await server.truth(
                of: clip,
                tolerance: ClipTruth.crowdedTolerance,
                in: server.storage
            )
            #expect(truth.violationsWhole == [], "\(truth)")
        }
    }
}
