import Foundation
import TestSupport
import Testing

extension SideBySide {
    @Suite("The ring's bounds")
    struct PruningTests {
        @Test("A ring holds its buffer, two segments more at most, and its disk use stays flat")
        func bounds() async throws {
            let server = try await HindsightServer.start(
                settings: ["BUFFER_DURATION=10", "SEGMENT_DURATION=1"]
            )
            try await withStopping(server) { server in
                try await server.waitForRings(of: 9)
                // Fifteen segments further every file of the beginning has gone.
                var seen: Set<String> = []
                let ring = server.storage.file("ring").path
                try await eventually("fifteen more segments", timeout: .seconds(90)) {
                    let camera = try #require(try await server.cameras().first)
                    #expect(camera.ring.duration <= 12)
                    let files = try FileManager.default.subpathsOfDirectory(atPath: ring)
                        .filter { $0.hasSuffix(".m4s") }
                    #expect(files.count <= 13)
                    seen.formUnion(files)
                    return seen.count >= 25
                }
            }
        }

        @Test("What an earlier life left in the rings is removed")
        func leftovers() async throws {
            let storage = try TemporaryFolder()
            let old = storage.file("ring/gone/20200101T000000000Z")
            try FileManager.default.createDirectory(at: old, withIntermediateDirectories: true)
            try Data("x".utf8).write(to: old.appending(path: "000000.m4s"))
            let server = try await HindsightServer.start(storage: storage)
            try await withStopping(server) { server in
                try await server.waitForRings(of: 1)
                #expect(!FileManager.default.fileExists(atPath: old.path))
            }
        }
    }
}
