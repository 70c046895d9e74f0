import Foundation
import TestSupport

/// Clips made as clips are made: by triggers.
enum ClipList {
    /// How many are in the list that is measured.
    static let count = 50

    /// Fills the folder's storage, in some ten seconds; gives the clips, all ready.
    @discardableResult
    static func record(_ count: Int, in folder: TemporaryFolder) async throws -> [ClipState] {
        let camera = HindsightServer.CameraEntry(id: "test", source: "test")
        let server = try await HindsightServer.start(cameras: [camera], in: folder)
        return try await withStopping(server) { server in
            try await eventually("footage", timeout: .seconds(60)) {
                let cameras: [CameraState] = try await server.client.get("/api/cameras").json()
                return cameras.allSatisfy { $0.ring.duration > 2 }
            }
            for _ in 0..<count {
                let order = #"{"before": 1, "after": 1}"#
                let response = try await server.client.post("/api/store", json: order)
                guard response.status == 202 else { throw TestFailure(response.text) }
            }
            return try await eventually("clips", timeout: .seconds(120), every: .seconds(1)) {
                let clips: [ClipState] =
                    try await server.client.get("/api/videos?limit=\(count)").json()
                let areReady = clips.allSatisfy { $0.status == "ready" }
                return clips.count == count && areReady ? clips : nil
            }
        }
    }

    /// Has nginx find Hindsight's answer as a file.
    static func save(from server: HindsightServer, in folder: URL) async throws {
        let response = try await server.client.get(HTTPRow.list.path(on: server))
        guard response.status == 200 else { throw TestFailure(response.text) }
        try response.body.write(to: folder.appending(path: HTTPRow.list.file.name))
    }
}
