import Foundation
import TestSupport
import Testing

extension SideBySide {
    @Suite("Limits that are set")
    struct LimitTests {
        private static let get = "GET /api/health HTTP/1.1\r\nHost: localhost\r\n"

        /// The status of the first answer to some bytes, once the server has closed the connection.
        private func status(
            _ text: String,
            _ server: HindsightServer,
            timeout: Duration = .seconds(20)
        ) async throws -> Int? {
            let answer = try await server.client.sendRaw(Data(text.utf8), timeout: timeout)
            return String(decoding: answer, as: UTF8.self)
                .prefixMatch(of: /HTTP\/1.1 (\d+)/).flatMap { Int($0.1) }
        }

        @Test("Sizes are refused where the settings say")
        func sizes() async throws {
            let server = try await HindsightServer.start(settings: [
                "HTTP_MAX_REQUEST_LINE=200", "HTTP_MAX_HEADER_BYTES=1000", "HTTP_MAX_HEADERS=10",
                "HTTP_MAX_BODY=500",
            ])
            try await withStopping(server) { server in
                let close = "Connection: close\r\n\r\n"
                let field = "X: y\r\n"
                let cases: [(String, Int)] = [
                    (Self.get + close, 200),
                    (
                        "GET /\(String(repeating: "x", count: 150)) HTTP/1.1\r\nHost: localhost\r\n"
                            + close, 404
                    ),
                    (
                        "GET /\(String(repeating: "x", count: 200)) HTTP/1.1\r\nHost: localhost\r\n"
                            + close, 414
                    ),
                    (Self.get + String(repeating: field, count: 8) + close, 200),
                    (Self.get + String(repeating: field, count: 9) + close, 431),
                    (Self.get + "X: \(String(repeating: "y", count: 900))\r\n" + close, 200),
                    (Self.get + "X: \(String(repeating: "y", count: 1000))\r\n" + close, 431),
                ]
                for (text, expected) in cases {
                    let answered = try await status(text, server)
                    #expect(answered == expected, "\(text.prefix(60))")
                }
                let small = #"{"label": "\#(String(repeating: "x", count: 90))", "before": -1}"#
                #expect(try await server.client.post("/api/store", json: small).status == 422)
                let large = #"{"note": "\#(String(repeating: "x", count: 600))", "before": -1}"#
                #expect(try await server.client.post("/api/store", json: large).status == 413)
            }
        }

        @Test("Times end what takes longer")
        func times() async throws {
            let server = try await HindsightServer.start(settings: [
                "HTTP_HEADER_TIMEOUT=0.4", "HTTP_BODY_TIMEOUT=0.4", "HTTP_IDLE_TIMEOUT=0.4",
            ])
            try await withStopping(server) { server in
                let slowHead = try await status(Self.get, server)
                #expect(slowHead == 408)
                let head =
                    "POST /api/store HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n"
                #expect(try await status(head + "{", server) == 408)
                // Kept alive, and then closed without another word.
                #expect(try await status(Self.get + "\r\n", server) == 200)
            }
        }

        @Test("Connections beyond the limits are turned away", arguments: ["", "_PER_ADDRESS"])
        func connections(_ kind: String) async throws {
            let server = try await HindsightServer.start(
                settings: ["HTTP_MAX_CONNECTIONS\(kind)=3"]
            )
            try await withStopping(server) { server in
                var streams: [EventStream] = []
                for _ in 0..<3 { streams.append(try await EventStream.open(server)) }
                #expect(try await status(Self.get + "\r\n", server) == 503)
                await streams[0].stop()
                try await eventually("room") {
                    try await server.client.get("/api/health").status == 200
                }
                for stream in streams { await stream.stop() }
            }
        }

        @Test("A stop waits for what is under way only as long as is set")
        func drain() async throws {
            let server = try await HindsightServer.start(settings: ["HTTP_DRAIN_TIMEOUT=0"])
            try await withStopping(server) { server in
                // A request whose body never comes holds its connection.
                let curl = try await ChildProcess.start(
                    "curl",
                    [
                        "--verbose", "--request", "POST", "--upload-file", ".",
                        "--header", "Content-Type: application/json",
                        "--header", "Expect: 100-continue", "--expect100-timeout", "60",
                        server.url("/api/store").absoluteString,
                    ],
                    input: .open
                )
                try await withStopping(curl) { curl in
                    try await eventually("the body to be awaited") {
                        curl.errorText.contains("HTTP/1.1 100 Continue")
                    }
                    server.process.send(SIGTERM)
                    #expect(try await server.process.exit(within: .seconds(20)) == .exited(0))
                    #expect(!curl.errorText.contains("HTTP/1.1 4"))
                }
            }
        }

        @Test("The doctor tells when there are too few descriptors for the connections")
        func descriptors() async throws {
            let folder = try TemporaryFolder()
            let arguments = [
                "doctor", "STORAGE_PATH=\(folder.path)", "PORT=\(try FreePort.next())",
            ]
            let process = try await HindsightServer.run(arguments, in: folder, descriptors: 256)
            #expect(try await process.exit(within: .seconds(40)) == .exited(0))
            #expect(process.outputText.contains("warning  256 open files are granted"))
            #expect(process.outputText.contains("ulimit -n"))
        }
    }
}
