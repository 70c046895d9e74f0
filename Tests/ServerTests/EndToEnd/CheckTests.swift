import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite("Check and reindex")
    struct CheckTests {
        /// Runs a command on a storage folder and gives its exit status and all that it printed.
        private func run(
            _ arguments: [String],
            on storage: TemporaryFolder
        ) async throws -> (status: ExitStatus, text: String) {
            let process = try await HindsightServer.run(
                arguments + ["STORAGE_PATH=\(storage.path)"],
                in: storage
            )
            let status = try await process.exit(within: .seconds(60))
            return (status, process.outputText + process.errorText)
        }

        @Test("A storage folder is checked beside the server, repaired and reindexed without it")
        func journey() async throws {
            let storage = try TemporaryFolder()
            let server = try await HindsightServer.start(storage: storage)
            let clip = try await withStopping(server) { server in
                try await server.waitForRings(of: 1)
                let clip = try await server.trigger(#"{"before": 1, "after": 1}"#)
                let beside = try await run(["check", "--quick"], on: storage)
                #expect(beside.status == .exited(0), "\(beside.text)")
                let finished = try await server.finished(clip.id)
                let full = try await run(["check"], on: storage)
                #expect(full.status == .exited(0), "\(full.text)")
                #expect(full.text.hasPrefix("1 clip checked: all as it should be.\n"))
                for command in [["check", "--repair"], ["reindex"]] {
                    let refused = try await run(command, on: storage)
                    #expect(refused.status == .exited(1))
                    #expect(refused.text.contains("another hindsight (pid \(server.process.pid))"))
                }
                server.process.send(SIGTERM)
                #expect(try await server.process.exit(within: .seconds(15)) == .exited(0))
                return finished
            }

            let place = "clips/\(clip.timestamp.prefix(10))/\(clip.id)"
            unlink(storage.file("\(place)/thumbnail.jpg").path)
            let found = try await run(["check", "--json"], on: storage)
            #expect(found.status == .exited(1))
            let list = try JSONSerialization.jsonObject(with: Data(found.text.utf8))
            let entry = try #require((list as? [[String: Any]])?.first)
            #expect(entry["kind"] as? String == "missing")
            #expect(entry["place"] as? String == "\(place)/thumbnail.jpg")
            #expect(entry["clip"] as? String == clip.id)
            #expect(entry["repair"] is NSNull)

            let repaired = try await run(["check", "--repair"], on: storage)
            #expect(repaired.status == .exited(0), "\(repaired.text)")
            #expect(repaired.text.contains("1 to mend, 1 repaired."))

            let reindexed = try await run(["reindex"], on: storage)
            #expect(reindexed.status == .exited(0))
            #expect(reindexed.text.contains("A new database lists 1 clip"), "\(reindexed.text)")
            let next = try await HindsightServer.start(storage: storage)
            try await withStopping(next) { server in
                #expect(try await server.clips().map(\.id) == [clip.id])
                #expect(try await server.client.get(clip.links.thumbnail).status == 200)
            }
        }

        @Test("What keeps it from checking is said, and is no finding")
        func refusals() async throws {
            let folder = try TemporaryFolder()
            let nowhere = try await HindsightServer.run(
                ["check", "STORAGE_PATH=\(folder.path)/none"],
                in: folder
            )
            #expect(try await nowhere.exit(within: .seconds(20)) == .exited(1))
            #expect(nowhere.errorText.contains("set STORAGE_PATH"))
            let usage = try await run(["check", "--everything"], on: folder)
            #expect(usage.status == .exited(2))
        }
    }
}
