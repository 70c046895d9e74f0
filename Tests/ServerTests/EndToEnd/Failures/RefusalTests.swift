import Foundation
import TestSupport
import Testing

extension SideBySide {
    /// Cameras that cannot be recorded, until somebody does something about it.
    @Suite("Cameras that cannot be recorded")
    struct RefusalTests {
        /// What is wrong with a camera, and how it is put right.
        private struct Refusal: Sendable {
            let plan: ClockCameras.Plan
            /// Of which one stands in the reason.
            let signs: [String]
            let remedy: ClockCamera.Command
        }

        private static let refusals = [
            Refusal(
                plan: .init(
                    id: "digest",
                    options: .init(password: "viewer:right"),
                    user: "viewer:s3cret"
                ),
                signs: ["refuses the user name or password"],
                remedy: .password("viewer:s3cret")
            ),
            Refusal(
                plan: .init(
                    id: "basic",
                    options: .init(password: "viewer:right", authentication: .basic),
                    user: "viewer:s3cret"
                ),
                signs: ["refuses the user name or password"],
                remedy: .password("viewer:s3cret")
            ),
            Refusal(
                plan: .init(id: "no-password", options: .init(password: "viewer:right")),
                signs: ["asks for a user name and password"],
                remedy: .password("")
            ),
            Refusal(
                plan: .init(id: "unknown-codec", options: .init(codec: "unknown")),
                signs: ["codec", "no video"],
                remedy: .codec("h264")
            ),
        ]

        @Test("Are down with a plain reason, without their passwords, and come back once put right")
        func refused() async throws {
            let plans = Self.refusals.map(\.plan)
            let cameras = try await ClockCameras.start(plans + [.init(id: "calm")])
            try await withStopping(cameras) { cameras in
                let server = try await HindsightServer.start(cameras: cameras.sources)
                try await withStopping(server) { server in
                    for refusal in Self.refusals { try await check(refusal, cameras, server) }
                    for refusal in Self.refusals {
                        try await eventually("\(refusal.plan.id) live", timeout: .seconds(45)) {
                            try await server.camera(refusal.plan.id).status == "live"
                        }
                    }
                    let answer = try await server.client.get("/api/cameras").text
                    for text in [answer, server.process.errorText] {
                        #expect(!text.contains("s3cret") && !text.contains("viewer"))
                    }
                    let calm = try await server.camera("calm")
                    #expect(calm.status == "live" && calm.restarts == 0)
                }
            }
        }

        private func check(
            _ refusal: Refusal,
            _ cameras: ClockCameras,
            _ server: HindsightServer
        ) async throws {
            let id = refusal.plan.id
            let reason = try await eventually("\(id) down", timeout: .seconds(30)) {
                let camera = try await server.camera(id)
                return camera.status == "down" ? camera.reason : nil
            }
            #expect(refusal.signs.contains { reason.contains($0) }, "\(id): \(reason)")
            let refused = try await server.client.post(
                "/api/store",
                json: #"{"camera": "\#(id)"}"#
            )
            #expect(refused.status == 409, "\(id): \(refused.text)")
            try await cameras[id].tell(refusal.remedy)
        }
    }
}
