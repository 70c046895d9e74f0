import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite("Attacks on the whole program")
    struct AttackTests {
        enum Attack: String, CaseIterable {
            case silence, slowHeads, slowBodies, slowReaders, pipelining, resets, abandonedBodies
            case oversizeHeads, oversizeBodies, noise

            func make(on port: Int) throws {
                let request = "GET /api/videos HTTP/1.1\r\nHost: localhost\r\n\r\n"
                switch self {
                case .silence:
                    _ = try sockets(300, on: port)
                case .slowHeads:
                    try trickle("GET / HTTP/1.1\r\nHost: localhost\r\nX: xxxxxxxxxx", on: port)
                case .slowBodies:
                    try trickle(Self.post(length: 60_000) + "xxxxxxxxxx", on: port)
                case .slowReaders:
                    for socket in try sockets(100, on: port, receiveBuffer: 4096) {
                        try socket.send(
                            Data("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
                        )
                        _ = try socket.receive(before: .now + .seconds(10))
                    }
                case .pipelining:
                    let sockets = try sockets(5, on: port)
                    let requests = Data(String(repeating: request, count: 1000).utf8)
                    for socket in sockets { try socket.send(requests) }
                    for socket in sockets { try expect(1000, of: "HTTP/1.1 200", from: socket) }
                case .resets:
                    for _ in 1...5 {
                        for socket in try sockets(100, on: port) {
                            socket.resetOnClose()
                            try socket.send(Data(request.utf8))
                        }
                    }
                case .abandonedBodies:
                    for socket in try sockets(100, on: port) {
                        try socket.send(Data((Self.post(length: 60_000) + "x").utf8))
                    }
                case .oversizeHeads:
                    for socket in try sockets(50, on: port) {
                        try? socket.send(Data("GET /".utf8) + Data(count: 100_000))
                        try expect(1, of: "HTTP/1.1 414", from: socket)
                    }
                case .oversizeBodies:
                    for socket in try sockets(50, on: port) {
                        try? socket.send(Data(Self.post(length: 1_000_000).utf8))
                        try? socket.send(Data(count: 1_000_000))
                        try expect(1, of: "HTTP/1.1 413", from: socket)
                    }
                case .noise:
                    for (number, socket) in try sockets(100, on: port).enumerated() {
                        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* number) }
                        try? socket.send(Data(bytes))
                    }
                }
            }

            static func post(length: Int) -> String {
                "POST /api/store HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nContent-Length: \(length)\r\n\r\n"
            }

            private func sockets(
                _ count: Int,
                on port: Int,
                receiveBuffer: Int32? = nil
            ) throws -> [Socket] {
                try (0..<count).map { _ in
                    try Socket(connectedTo: port, receiveBuffer: receiveBuffer)
                }
            }

            /// Sends the last ten bytes one at a time, on two hundred connections in turn.
            private func trickle(_ text: String, on port: Int) throws {
                let bytes = Data(text.utf8)
                let sockets = try sockets(200, on: port)
                for socket in sockets { try socket.send(bytes.dropLast(10)) }
                for byte in bytes.suffix(10) {
                    for socket in sockets { try socket.send(Data([byte])) }
                }
            }

            /// Reads until so many answers of a kind have come.
            private func expect(_ count: Int, of kind: String, from socket: Socket) throws {
                let deadline = ContinuousClock.now + .seconds(20)
                var text = ""
                while text.ranges(of: kind).count < count {
                    let part = try socket.receive(before: deadline)
                    if part.isEmpty { throw TestFailure("\(kind) did not come: \(text)") }
                    text += String(decoding: part, as: UTF8.self)
                }
            }
        }

        @Test("What a crowd's requests took is given back when it has gone")
        func givenBack() async throws {
            try await AttackedServer.run { server in
                _ = try await server.times()
                let before = try server.usage.memory
                var crowd = try (0..<400).map { _ in try Socket(connectedTo: server.server.port) }
                let body = Data(repeating: UInt8(ascii: " "), count: 60_000)
                for socket in crowd {
                    try socket.send(Data(Attack.post(length: body.count + 1).utf8) + body)
                }
                try await eventually("the requests to arrive") {
                    try server.usage.memory > before + 400 * body.count
                }
                crowd = []
                try await eventually("the memory to be given back") {
                    try server.usage.memory < before + 5 << 20
                }
            }
        }

        @Test("leave no trace in time, descriptors and memory", arguments: Attack.allCases)
        func unhurt(_ attack: Attack) async throws {
            try await AttackedServer.run { server in
                try await server.expectUnhurt { try attack.make(on: $0) }
            }
        }
    }
}
