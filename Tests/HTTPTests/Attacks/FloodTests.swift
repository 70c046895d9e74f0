import HTTP
import Testing

@Suite("Floods of connections")
struct FloodTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    private func statuses(of clients: [RawClient]) -> [Int?] {
        for client in clients { try? client.send(Self.get) }
        return clients.map { try? $0.readResponse().status }
    }

    @Test("The surplus is told 503, those within the limit are served on (RFC 9110 §15.6.4)")
    func total() async throws {
        var limits = Limits()
        limits.connections = 20
        try await withAttackedServer(limits: limits, handler: RequestLog().handler) { port in
            let first = try (0..<20).map { _ in try RawClient(port: port) }
            #expect(statuses(of: first) == Array(repeating: 200, count: 20))
            for _ in 1...5 {
                let surplus = try (0..<50).map { _ in try RawClient(port: port) }
                #expect(statuses(of: surplus) == Array(repeating: 503, count: 50))
            }
            #expect(statuses(of: first) == Array(repeating: 200, count: 20))
            for client in first { try client.closeAndWait() }
            let next = try (0..<20).map { _ in try RawClient(port: port) }
            #expect(statuses(of: next) == Array(repeating: 200, count: 20))
            for client in next { try client.closeAndWait() }
        }
    }

    @Test("One address at its limit keeps no other out")
    func oneAddress() async throws {
        var limits = Limits()
        limits.connectionsPerAddress = 10
        try await withAttackedServer(limits: limits, handler: RequestLog().handler) { port in
            let first = try (0..<10).map { _ in try RawClient(port: port, source: 2) }
            #expect(statuses(of: first) == Array(repeating: 200, count: 10))
            let surplus = try (0..<50).map { _ in try RawClient(port: port, source: 2) }
            #expect(statuses(of: surplus) == Array(repeating: 503, count: 50))
            let others = try (0..<10).map { _ in try RawClient(port: port, source: 3) }
            #expect(statuses(of: others) == Array(repeating: 200, count: 10))
            try first[0].closeAndWait()
            let next = try RawClient(port: port, source: 2)
            #expect(statuses(of: [next]) == [200])
        }
    }

    @Test("Connections that come and go by the thousand leave nothing behind")
    func comeAndGo() async throws {
        try await withAttackedServer(handler: RequestLog().handler) { port in
            for _ in 1...20 { _ = try (0..<50).map { _ in try RawClient(port: port) } }
        }
    }
}

extension RawClient {
    /// Ends an idle connection, and returns once the server has too.
    fileprivate func closeAndWait() throws {
        shutDownWriting()
        _ = try readToEnd()
    }
}
