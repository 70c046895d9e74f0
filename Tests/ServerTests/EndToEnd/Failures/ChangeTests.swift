import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// Cameras that go on sending, but something else.
    @Suite("Cameras that change")
    struct ChangeTests {
        private struct Change: Sendable {
            let plan: ClockCameras.Plan
            let commands: [ClockCamera.Command]
            /// Between two commands, in seconds.
            var pause = 0.0
            /// Of which one stands in the log after the change; none where it needs no word.
            var signs: [String] = []
            /// Pictures that were lost on the way don't count.
            var damages = false
            /// As the camera says after it.
            var video: (width: Int, height: Int) = (320, 180)
        }

        private static let changes: [Change] = [
            Change(plan: .init(id: "packets-lost"), commands: [.drop(3)], damages: true),
            Change(
                plan: .init(id: "reconnected-larger"),
                commands: [.size("640x360"), .hangUp],
                video: (640, 360)
            ),
            Change(
                plan: .init(id: "larger"),
                commands: [.size("640x360")],
                signs: ["size", "resolution", "picture"],
                video: (640, 360)
            ),
            // Too short for anybody to give up: the same run goes on, with a hole in it.
            Change(plan: .init(id: "pause"), commands: [.freeze, .thaw], pause: 5),
            Change(
                plan: .init(id: "other-codec"),
                commands: [.codec("h265"), .hangUp]
            ),
            Change(plan: .init(id: "audio-appears"), commands: [.audio(true), .hangUp]),
            Change(
                plan: .init(id: "audio-vanishes", options: .init(hasAudio: true)),
                commands: [.audio(false)],
                signs: ["audio", "sound"]
            ),
            Change(plan: .init(id: "jump-ahead"), commands: [.jump(7)], signs: ["timestamps"]),
            Change(plan: .init(id: "jump-back"), commands: [.jump(-7)], signs: ["timestamps"]),
            Change(
                plan: .init(id: "no-timestamps"),
                commands: [.stamps(false)],
                signs: ["timestamps", "no video"]
            ),
            Change(
                plan: .init(id: "long-gop"),
                commands: [.keyframeInterval(25 * 300)],
                signs: ["keyframe", "GOP"]
            ),
        ]

        @Test(
            "Are recorded on, and a clip across the change is whole or says what it lacks",
            .timeLimit(.minutes(4))
        )
        func changed() async throws {
            let cameras = try await ClockCameras.start(
                Self.changes.map(\.plan) + [.init(id: "calm")]
            )
            try await withStopping(cameras) { cameras in
                try await withStopping(
                    try await HindsightServer.start(
                        cameras: cameras.sources,
                        settings: ["BUFFER_DURATION=30"]
                    )
                ) { server in
                    try await server.waitForRings(of: 12)
                    try await withThrowingTaskGroup { group in
                        for change in Self.changes {
                            group.addTask { try await live(through: change, cameras, server) }
                        }
                        try await group.waitForAll()
                    }
                    #expect(try await server.camera("calm").restarts == 0)
                }
            }
        }

        private func live(
            through change: Change,
            _ cameras: ClockCameras,
            _ server: HindsightServer
        ) async throws {
            let id = change.plan.id
            let logged = server.process.errorText.count
            let across = try await server.trigger(id, before: 4, after: 10)
            try await Task.sleep(for: .seconds(1))
            for command in change.commands {
                try await cameras[id].tell(command)
                try await Task.sleep(for: .seconds(change.pause))
            }
            let clip = try await server.finished(across.id)
            await expect(change, clip, server)
            if !change.signs.isEmpty {
                await #expect(throws: Never.self) {
                    _ = try await server.logLine(
                        of: id,
                        withOneOf: change.signs,
                        after: logged,
                        timeout: .seconds(40)
                    )
                }
            }
            guard id != "no-timestamps", id != "long-gop" else { return }
            // What comes now is recorded as it is.
            await #expect(throws: Never.self, "\(id)") {
                try await eventually("\(id) live", timeout: .seconds(20)) {
                    try await server.camera(id).status == "live"
                }
                try await Task.sleep(for: .seconds(3))
                let after = try await server.trigger(id, before: 1, after: 1)
                await expect(change, try await server.finished(after.id), server)
                let camera = try await server.camera(id)
                #expect(camera.width == change.video.width && camera.height == change.video.height)
            }
        }

        private func expect(_ change: Change, _ clip: ClipAnswer, _ server: HindsightServer) async {
            let id = change.plan.id
            await #expect(throws: Never.self, "\(id)") {
                let truth = try await server.truth(
                    of: clip,
                    skippingDamaged: change.damages,
                    tolerance: ClipTruth.crowdedTolerance,
                    in: server.storage
                )
                let state = Comment(rawValue: "\(id): \(clip.coverage) \(truth)")
                guard !change.damages else {
                    #expect(truth.misplaced == 0 && clip.coverage.complete, state)
                    return
                }
                #expect(truth.violations == [], state)
                let file = server.storage.file("\(clip.camera)-\(clip.id).mp4")
                #expect(try await MediaProbe.decodingErrors(of: file) == "", state)
            }
        }
    }
}
