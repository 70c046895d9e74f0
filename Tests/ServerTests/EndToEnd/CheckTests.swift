import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite("Check and reindex")
    struct CheckTests {
        /// Runs a command on a storage folder to its end.
        private func run(
            _ arguments: [String],
            on storage: TemporaryFolder
        ) async throws -> ChildProcess {
            let process = try await HindsightServer.run(
                arguments + ["STORAGE_PATH=\(storage.path)"],
                in: storage
            )
            try await process.exit(within: .seconds(60))
            return process
        }

        @Test("A storage folder is checked beside the server, repaired and reindexed without it")
        func journey() async throws {
            let storage = try TemporaryFolder()
            let server = try await HindsightServer.start(storage: storage)
            let clip = try await withStopping(server) { server in
                try await server.waitForRings(of: 1)
                let clip = try await server.trigger(#"{"before": 1, "after": 1}"#)
                let beside = try await run(["check", "--quick"], on: storage)
                #expect(beside.status == .exited(0), "\(beside.outputText)")
                let finished = try await server.finished(clip.id)
                let full = try await run(["check"], on: storage)
                #expect(full.status == .exited(0), "\(full.outputText)")
                #expect(full.outputText.hasPrefix("1 clip checked: all as it should be.\n"))
                for command in [["check", "--repair"], ["reindex"]] {
                    let refused = try await run(command, on: storage)
                    #expect(refused.status == .exited(1))
                    #expect(
                        refused.errorText.contains("another hindsight (pid \(server.process.pid))")
                    )
                }
                server.process.send(SIGTERM)
                #expect(try await server.process.exit(within: .seconds(15)) == .exited(0))
                return finished
            }

            let place = "clips/\(clip.timestamp.prefix(10))/\(clip.id)"
            unlink(storage.file("\(place)/thumbnail.jpg").path)
            let found = try await run(["check", "--json"], on: storage)
            #expect(found.status == .exited(1))
            let list = try JSONSerialization.jsonObject(with: Data(found.outputText.utf8))
            let entry = try #require((list as? [[String: Any]])?.first)
            #expect(entry["kind"] as? String == "missing")
            #expect(entry["place"] as? String == "\(place)/thumbnail.jpg")
            #expect(entry["clip"] as? String == clip.id)
            #expect(entry["repair"] is NSNull)

            let repaired = try await run(["check", "--repair"], on: storage)
            #expect(repaired.status == .exited(0), "\(repaired.errorText)")
            #expect(repaired.outputText.contains("1 to mend, 1 repaired."))

            let reindexed = try await run(["reindex"], on: storage)
            #expect(reindexed.status == .exited(0))
            #expect(reindexed.outputText.hasPrefix("A new database lists 1 clip.\n"))
            let next = try await HindsightServer.start(storage: storage)
            try await withStopping(next) { server in
                let clips = try await server.clips()
                #expect(clips.map(\.id) == [clip.id])
                let thumbnail = try await server.client.get(clip.links.thumbnail)
                #expect(thumbnail.status == 200)
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
