import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite("A storage that cannot be written", .enabled(if: MountedFolder.isPossible, "not root"))
    struct StorageRefusalTests {
        @Test("The program does not start on it, and says what to do")
        func start() async throws {
            let mounted = try MountedFolder()
            try await mounted.remount(isReadOnly: true)
            let folder = try TemporaryFolder()
            let process = try await HindsightServer.run(
                ["PORT=0", "STORAGE_PATH=\(mounted.path)"],
                in: folder
            )
            #expect(try await process.exit(within: .seconds(20)) == .exited(1))
            for word in ["cannot be written", "Read-only file system", "STORAGE_PATH"] {
                #expect(process.errorText.contains(word), "\(process.errorText)")
            }
        }

        @Test(
            "While the program runs a trigger is refused without a path, and accepted once it can be"
        )
        func trigger() async throws {
            let mounted = try MountedFolder()
            let storage = try TemporaryFolder()
            // The ring needs a place to record to; only the clips lie on what becomes read-only.
            try FileManager.default.createSymbolicLink(
                atPath: storage.file("clips").path,
                withDestinationPath: mounted.path
            )
            let server = try await HindsightServer.start(storage: storage)
            try await withStopping(server) { server in
                try await server.waitForRings(of: 2)
                try await mounted.remount(isReadOnly: true)
                let body = #"{"before": 1, "after": 0}"#
                let refused = try await server.client.post("/api/store", json: body)
                #expect(refused.status == 500)
                #expect(refused.text.contains("Read-only file system"), "\(refused.text)")
                #expect(
                    !refused.text.contains(mounted.path) && !refused.text.contains(storage.path)
                )
                try await mounted.remount(isReadOnly: false)
                let clip = try await server.finished(try await server.trigger(body).id)
                #expect(clip.status == "ready")
            }
        }
    }
}
