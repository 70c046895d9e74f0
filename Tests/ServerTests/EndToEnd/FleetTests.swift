import Foundation
import TestSupport
import Testing

extension SideBySide {
    @Suite("Cameras that come, change and go")
    struct FleetTests {
        @Test("Cameras are added, changed and removed while another records on without a gap")
        func comeAndGo() async throws {
            try await FleetServer.run(["stays"]) { fleet in
                let server = fleet.server
                try await server.waitForRings(of: 3)
                let runs = try await fleet.runs(of: "stays")
                let pids = try server.ffmpegs()
                let clip = try await server.trigger(#"{"before": 2, "after": 10}"#)
                try await withStopping(try await EventStream.open(server)) { stream in
                    try fleet.write([fleet.entry("comes"), fleet.entry("stays")], inPlace: true)
                    try await fleet.waitForCameras(["comes", "stays"])
                    try await fleet.waitUntilLive("comes") { $0.ring.duration >= 2 }
                    try fleet.write([fleet.entry("stays"), fleet.entry("comes", isLarge: true)])
                    try await fleet.waitForCameras(["stays", "comes"])
                    // Its ring goes on: what was before can still be kept.
                    try await fleet.waitUntilLive("comes") { $0.width == 320 }
                    _ = try await fleet.runs(of: "comes", atLeast: 2)
                    try fleet.write([fleet.entry("stays")])
                    try await fleet.waitForCameras(["stays"])
                    try await fleet.waitForLog("cameras removed: comes")
                    try await eventually("no ring") { !fleet.hasRing("comes") }
                    #expect(try await server.client.get("/api/cameras/comes").status == 404)

                    let removed = try await stream.event("camera.removed")
                    #expect(removed.data == #"{"id":"comes"}"#)
                    let told = stream.events.filter { $0.data.contains(#""id":"comes""#) }
                    let types = told.map(\.type)
                    #expect(types.first == "camera.added" && types.last == "camera.removed")
                    #expect(types.contains("camera.changed"))
                }
                #expect(try server.ffmpegs() == pids)
                #expect(try await fleet.runs(of: "stays") == runs)
                let kept = try await server.finished(clip.id)
                #expect(kept.status == "ready" && kept.coverage.complete, "\(kept.coverage)")
            }
        }

        @Test("A clip of a camera that is removed holds what there is; added again it records anew")
        func removedWhileRecording() async throws {
            try await FleetServer.run(["door", "yard"]) { fleet in
                let server = fleet.server
                try await server.waitForRings(of: 3)
                let order = #"{"camera": "door", "before": 2, "after": 600}"#
                let clip = try await server.trigger(order)
                try fleet.write([fleet.entry("yard")])
                let finished = try await server.finished(clip.id)
                #expect(finished.status == "ready" && !finished.coverage.complete)
                #expect(try #require(finished.duration) >= 2)
                try await eventually("no ring") { !fleet.hasRing("door") }
                let refused = try await server.client.post("/api/store", json: order)
                #expect(refused.status == 422)

                try fleet.write([fleet.entry("yard"), fleet.entry("door")])
                try await fleet.waitUntilLive("door")
                #expect(try await server.trigger(#"{"camera": "door", "after": 0}"#).id != clip.id)
            }
        }

        @Test("A faulty file is refused with its line, and changes nothing until it is mended")
        func faulty() async throws {
            try await FleetServer.run(["door"]) { fleet in
                try await fleet.waitUntilLive("door")
                let pids = try fleet.server.ffmpegs()
                #expect(try await fleet.healthWarnings() == [])
                try Data("{\"cameras\": [\n  {\"id\": \"yard\", \"sauce\": 0}\n]}".utf8)
                    .write(to: fleet.file)
                let fault = "CAMERAS_FILE, line 2: camera yard: there is no field \"sauce\""
                try await fleet.waitForLog("warning \(fault); the cameras stay as they were")
                #expect(try await fleet.healthWarnings() == [fault])
                try Data("{\"cameras\": [".utf8).write(to: fleet.file, options: .atomic)
                try await fleet.waitForLog("CAMERAS_FILE, line 1, column 14: this is not JSON")
                #expect(try await fleet.server.cameras().map(\.id) == ["door"])
                #expect(try fleet.server.ffmpegs() == pids)

                try fleet.write([fleet.entry("door"), fleet.entry("yard")])
                try await fleet.waitForLog("CAMERAS_FILE is in order again")
                try await fleet.waitForCameras(["door", "yard"])
                #expect(try await fleet.healthWarnings() == [])
                #expect(try fleet.server.ffmpegs().contains(pids[0]))
            }
        }

        @Test("SIGHUP has the file read again, be it gone or out of sight, and begins a new log")
        func hangUp() async throws {
            let storage = try TemporaryFolder()
            let log = storage.file("access.log")
            let settings = ["ACCESS_LOG=json", "ACCESS_LOG_PATH=\(log.path)"]
            try await FleetServer.run(["door"], settings: settings, storage: storage) { fleet in
                try await fleet.waitUntilLive("door")
                try FileManager.default.removeItem(at: log)
                try FileManager.default.removeItem(at: fleet.file)
                fleet.server.process.send(SIGHUP)
                try await fleet.waitForLog("CAMERAS_FILE cannot be read: No such file")
                try await eventually("a new log") {
                    FileManager.default.fileExists(atPath: log.path)
                }
                // A new name of a file that was written elsewhere is no writing.
                let elsewhere = storage.file("elsewhere.json")
                let list = ["cameras": [fleet.entry("yard")]]
                try JSONSerialization.data(withJSONObject: list).write(to: elsewhere)
                try FileManager.default.linkItem(at: elsewhere, to: fleet.file)
                fleet.server.process.send(SIGHUP)
                try await fleet.waitForCameras(["yard"])
                #expect(try await fleet.healthWarnings() == [])
            }
        }

        @Test("Fifty reloads leave nothing behind")
        func often() async throws {
            try await FleetServer.run(["stays", "door"]) { fleet in
                let server = fleet.server
                // The playlist begins with the first complete segment.
                try await server.waitForRings(of: 3)
                func descriptors() throws -> Int {
                    try ProcessUsage(of: server.process.pid).descriptors
                }
                let before = try descriptors()
                let runs = try await fleet.runs(of: "stays")
                for round in 0..<25 {
                    try fleet.write([fleet.entry("stays")])
                    try await fleet.waitForCameras(["stays"])
                    let door = fleet.entry("door", isLarge: round.isMultiple(of: 2))
                    try fleet.write([fleet.entry("stays"), door])
                    try await fleet.waitForCameras(["stays", "door"])
                }
                try await fleet.waitUntilLive("door")
                #expect(try server.ffmpegs().count == 2)
                #expect(try await fleet.runs(of: "stays") == runs)
                try await eventually("as many descriptors as before") {
                    try descriptors() <= before
                }
                let ring = server.storage.file("ring/door").path
                try await eventually("one run's folder") {
                    try FileManager.default.contentsOfDirectory(atPath: ring).count == 1
                }
            }
        }
    }
}
