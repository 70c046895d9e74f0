import Foundation
import TestSupport
import Testing

extension SideBySide {
    @Suite("Requests in the log")
    struct RequestLogTests {
        private struct Line: Decodable {
            let method: String?
            let target: String?
            let status: Int
            let bytes: Int
            let request_id: String
            let complete: Bool
        }

        private func lines(_ file: URL) throws -> [Line] {
            try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
                try JSONDecoder().decode(Line.self, from: Data($0.utf8))
            }
        }

        @Test("Requests, and what was none, are logged; SIGHUP begins a new file")
        func file() async throws {
            let storage = try TemporaryFolder()
            let (file, old) = (storage.file("access.log"), storage.file("access.log.1"))
            let server = try await HindsightServer.start(
                settings: ["ACCESS_LOG=json", "ACCESS_LOG_PATH=\(file.path)"],
                storage: storage
            )
            try await withStopping(server) { server in
                let answer = try await server.client.get(
                    "/api/videos",
                    headers: ["X-Request-Id": "mine"]
                )
                #expect(answer.header("X-Request-Id") == "mine")
                let missing = try await server.client.get("/nothing")
                let made = try #require(missing.header("X-Request-Id"))
                _ = try await server.client.sendRaw(Data("NONSENSE\r\n\r\n".utf8))
                try await eventually("three lines") { try lines(file).count == 3 }
                let logged = try lines(file)
                #expect(logged.map(\.status) == [200, 404, 400])
                #expect(logged.map(\.target) == ["/api/videos", "/nothing", nil])
                #expect(logged.prefix(2).map(\.request_id) == ["mine", made])
                #expect(logged.prefix(2).map(\.bytes) == [answer.body.count, missing.body.count])
                #expect(logged.allSatisfy { $0.complete })

                try FileManager.default.moveItem(at: file, to: old)
                server.process.send(SIGHUP)
                try await eventually("a new file") {
                    FileManager.default.fileExists(atPath: file.path)
                }
                _ = try await server.client.get("/api/cameras")
                try await eventually("a line") { try lines(file).map(\.target) == ["/api/cameras"] }
                #expect(try lines(old).count == 3)
            }
        }

        @Test("To standard output, in the combined format, to the last request")
        func standardOutput() async throws {
            let server = try await HindsightServer.start(settings: ["ACCESS_LOG=combined"])
            try await withStopping(server) { server in
                _ = try await server.client.get("/api/health", headers: ["User-Agent": "me \"x\""])
                server.process.send(SIGTERM)
                #expect(try await server.process.exit(within: .seconds(15)) == .exited(0))
                let lines = server.process.outputText.split(separator: "\n")
                #expect(lines.count == 1)
                let form =
                    /127\.0\.0\.1 - - \[.+ \+0000\] "GET \/api\/health HTTP\/1\.1" 200 \d+ "-" "me \\x22x\\x22" \d+\.\d{3} [0-9a-f]{15}/
                #expect(lines.first?.wholeMatch(of: form) != nil, "\(lines)")
            }
        }
    }
}
