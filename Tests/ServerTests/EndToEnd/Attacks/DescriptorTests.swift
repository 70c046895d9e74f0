import Foundation
import TestSupport
import Testing

extension SideBySide {
    @Suite("Descriptors run out")
    struct DescriptorTests {
        @Test("With none left it serves what it has, rests, and accepts again when some are free")
        func exhausted() async throws {
            try await AttackedServer.run { attacked in
                let port = attacked.server.port
                let usual = try #require(try await attacked.times(of: 20).max())
                let before = try attacked.usage.descriptors
                let limit = before + 10
                // Only now, so that it can't have provided for it.
                try await ChildProcess.check(
                    "prlimit",
                    ["--pid=\(attacked.server.process.pid)", "--nofile=\(limit)"]
                )
                var served = try (0..<10).map { _ in try Socket(connectedTo: port) }
                for socket in served {
                    #expect(try answer(to: "GET /api/videos", on: socket) == 200)
                }
                #expect(try attacked.usage.descriptors == limit)
                var waiting = try (0..<20).map { _ in try Socket(connectedTo: port) }
                for socket in waiting { try send("GET /api/videos", on: socket) }

                let used = try await attacked.processorShare(over: .seconds(2)) {
                    for socket in served {
                        let status = try answer(to: "GET /api/videos", on: socket)
                        #expect(status == 200)
                    }
                }
                #expect(used < 0.2)
                // A file can't be opened now, and that is said.
                #expect(try answer(to: "GET /large", on: served[0]) == 503)
                #expect(try attacked.usage.descriptors == limit)

                // As soon as there is room, those that waited get it, ten at a time.
                served = []
                while !waiting.isEmpty {
                    #expect(try readAnswer(on: waiting.removeFirst()) == 200)
                }
                let fastest = try #require(try await attacked.times().min())
                #expect(fastest <= usual * 5)
                try await eventually { try attacked.usage.descriptors <= before }
            }
        }

        @Test("However many connect, recording, triggers and the page have their descriptors")
        func recordsOn() async throws {
            let server = try await HindsightServer.start(descriptors: 64)
            try await withStopping(server) { server in
                try await server.waitForRings(of: 2)
                let own = try Socket(connectedTo: server.port)
                #expect(try answer(to: "GET /", on: own) == 200)
                var crowd = try (0..<200).map { _ in try Socket(connectedTo: server.port) }
                #expect(try readAnswer(on: crowd[199]) == 503)

                let ring = server.storage.file("ring").path
                func segments() throws -> Int {
                    try FileManager.default.subpathsOfDirectory(atPath: ring)
                        .filter { $0.hasSuffix(".m4s") }.count
                }
                let before = try segments()
                try await eventually("two more segments") { try segments() >= before + 2 }
                #expect(try answer(to: "GET /", on: own) == 200)
                #expect(try answer(to: "POST /api/store", on: own) == 202)
                #expect(!server.process.errorText.contains("Too many open files"))

                crowd = []
                try await eventually("room for others") {
                    try await server.client.get("/api/health").status == 200
                }
            }
        }

        private func send(_ request: String, on socket: Socket) throws {
            try socket.send(
                Data("\(request) HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n".utf8)
            )
        }

        /// The status of the next answer, all of which is read; its content must be small.
        private func readAnswer(on socket: Socket) throws -> Int? {
            let deadline = ContinuousClock.now + .seconds(20)
            var text = ""
            while true {
                let part = try socket.receive(before: deadline)
                text += String(decoding: part, as: UTF8.self)
                if part.isEmpty { throw TestFailure("the connection ended after: \(text)") }
                guard let head = text.firstRange(of: "\r\n\r\n"),
                    let length = text.firstMatch(of: /Content-Length: (\d+)/).flatMap({ Int($0.1) }
                    ),
                    text[head.upperBound...].utf8.count >= length
                else { continue }
                return text.firstMatch(of: /^HTTP\/1.1 (\d+)/).flatMap { Int($0.1) }
            }
        }

        private func answer(to request: String, on socket: Socket) throws -> Int? {
            try send(request, on: socket)
            return try readAnswer(on: socket)
        }
    }
}
