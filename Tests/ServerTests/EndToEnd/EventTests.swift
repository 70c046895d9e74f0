import Foundation
import TestSupport
import Testing

extension SideBySide {
    @Suite("Events")
    struct EventTests {
        @Test("A clip's life is told as it happens, and a stop ends the stream in order")
        func clipLife() async throws {
            let server = try await HindsightServer.start()
            try await withStopping(server) { server in
                try await server.waitForRings(of: 4)
                try await withStopping(try await EventStream.open(server)) { stream in
                    let id = try await server.trigger(#"{"before": 2, "after": 2}"#).id
                    let recording = try await stream.event("clip.recording")
                    #expect(try recording.json(as: ClipAnswer.self).id == id)
                    let ready = try await stream.event("clip.ready")
                    let resource = try await server.client.get("/api/videos/\(id)").text
                    #expect(ready.data == resource)

                    try await expectResumption(after: recording, on: server)
                    _ = try await server.client.delete("/api/videos/\(id)")
                    let deleted = try await stream.event("clip.deleted")
                    #expect(deleted.data == #"{"id":"\#(id)"}"#)
                    let types = stream.events.map(\.type).filter { $0.hasPrefix("clip") }
                    #expect(
                        types == [
                            "clip.recording", "clip.processing", "clip.ready", "clip.deleted",
                        ]
                    )

                    server.process.send(SIGTERM)
                    #expect(try await server.process.exit(within: .seconds(15)) == .exited(0))
                    // curl fails with 18 when the last chunk is missing.
                    #expect(try await stream.process.exit(within: .seconds(5)) == .exited(0))
                }
            }
        }

        private func expectResumption(
            after event: EventStream.Event,
            on server: HindsightServer
        ) async throws {
            let again = try await EventStream.open(server, headers: ["Last-Event-ID": event.id])
            try await withStopping(again) { again in
                _ = try await again.event("clip.ready")
                #expect(!again.events.contains { $0.type == "clip.recording" })
            }
            let stale = try await EventStream.open(server, headers: ["Last-Event-ID": "0-1"])
            try await withStopping(stale) { stale in
                let reset = try await stale.event("reset")
                #expect(reset.data.isEmpty)
            }
        }

        @Test("A camera that goes down and comes back is told of")
        func cameraLife() async throws {
            let server = try await HindsightServer.start()
            try await withStopping(server) { server in
                try await withStopping(try await EventStream.open(server)) { stream in
                    let live = try await stream.event("camera.live")
                    #expect(try live.json(as: CameraAnswer.self).status == "live")
                    for pid in try server.ffmpegs() { kill(pid_t(pid), SIGKILL) }
                    let down = try await stream.event("camera.down")
                    let camera = try down.json(as: CameraAnswer.self)
                    #expect(camera.id == "test" && camera.reason != nil)
                    try await eventually("the camera's return", timeout: .seconds(30)) {
                        stream.events.last { $0.type.hasPrefix("camera") }?.type == "camera.live"
                    }
                }
            }
        }

        @Test("With keys set, events need one that may look")
        func keys() async throws {
            let server = try await HindsightServer.start(settings: [
                "HOST=127.0.0.1", "API_KEY_READ=look", "API_KEY_TRIGGER=press",
            ])
            try await withStopping(server) { server in
                let client = server.client
                #expect(try await client.get("/api/events").status == 401)
                let pressing = ["X-API-Key": "press"]
                #expect(try await client.get("/api/events", headers: pressing).status == 403)
                let begun = try await client.post("/api/session", json: #"{"key": "look"}"#)
                let cookie = try #require(begun.header("Set-Cookie")).prefix { $0 != ";" }
                for headers in [["X-API-Key": "look"], ["Cookie": String(cookie)]] {
                    let stream = try await EventStream.open(server, headers: headers)
                    await stream.stop()
                }
                let head = try await client.send(
                    "HEAD",
                    "/api/events",
                    headers: ["X-API-Key": "look"]
                )
                #expect(head.header("Content-Type") == "text/event-stream")
            }
        }
    }
}
