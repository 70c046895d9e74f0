import Glibc
import HTTP
import Testing

@Suite("Slow requests")
struct SlowRequestTests {
    private static let count = 40

    /// Sends one byte on each connection again and again, until none takes any.
    private func drip(on clients: [RawClient]) async throws {
        var open = clients
        // A limit for each byte would never be reached.
        for _ in 1...3000 where !open.isEmpty {
            open = open.filter { (try? $0.send([UInt8(ascii: "a")])) != nil }
            try await Task.sleep(for: .milliseconds(2))
        }
        #expect(open.isEmpty)
    }

    @Test(
        "Heads that drip are 408 in the end, for their time is a total (RFC 9110 §15.5.9)",
        arguments: ["", "GET /first HTTP/1.1\r\nHost: a\r\n\r\n"]
    )
    func heads(_ first: String) async throws {
        var limits = Limits()
        limits.headTime = .milliseconds(200)
        limits.lingerTime = .milliseconds(50)
        let log = RequestLog()
        try await withAttackedServer(limits: limits, handler: log.handler) { port in
            let clients = try (0..<Self.count).map { _ in try RawClient(port: port) }
            for client in clients {
                try client.send(first + "GET /slow HTTP/1.1\r\nHost: a\r\nX: ")
                if !first.isEmpty { #expect(try client.readResponse().status == 200) }
            }
            try await drip(on: clients)
            for client in clients { #expect(try client.readResponse().status == 408) }
        }
        #expect(!log.paths.contains("/slow"))
    }

    @Test("Line ends before a request don't buy time")
    func blankLines() async throws {
        var limits = Limits()
        limits.headTime = .milliseconds(100)
        try await withAttackedServer(limits: limits, handler: RequestLog().handler) { port in
            let clients = try (0..<Self.count).map { _ in try RawClient(port: port) }
            for client in clients { try client.send("\r\n") }
            for client in clients {
                #expect(try client.readResponse().status == 408)
                #expect(try client.readToEnd().isEmpty)
            }
        }
    }

    @Test("Connections on which nothing comes are closed")
    func silent() async throws {
        var limits = Limits()
        limits.headTime = .milliseconds(100)
        try await withAttackedServer(limits: limits, handler: RequestLog().handler) { port in
            let clients = try (0..<200).map { _ in try RawClient(port: port) }
            for client in clients { #expect(try client.readToEnd().isEmpty) }
        }
    }

    @Test(
        "Bodies that stall are 408",
        arguments: ["Content-Length: 100000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nffff\r\n"]
    )
    func bodies(_ framing: String) async throws {
        var limits = Limits()
        limits.bodyTime = .milliseconds(150)
        try await withAttackedServer(limits: limits, handler: RequestLog().handler) { port in
            let clients = try (0..<Self.count).map { _ in try RawClient(port: port) }
            for client in clients { try client.send("POST / HTTP/1.1\r\nHost: a\r\n\(framing)") }
            for _ in 1...20 {
                for client in clients { try client.send("x") }
            }
            for client in clients {
                let response = try client.readResponse()
                #expect(response.status == 408)
                #expect(response.headers["Connection"] == "close")
            }
        }
    }

    @Test("Bodies that were asked for and never come are 408 (RFC 9110 §10.1.1)")
    func expected() async throws {
        var limits = Limits()
        limits.bodyTime = .milliseconds(100)
        try await withAttackedServer(limits: limits, handler: RequestLog().handler) { port in
            let clients = try (0..<Self.count).map { _ in try RawClient(port: port) }
            for client in clients {
                try client.send(
                    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n"
                        + "Expect: 100-continue\r\n\r\n"
                )
            }
            for client in clients {
                #expect(try client.readResponse().status == 100)
                #expect(try client.readResponse().status == 408)
            }
        }
    }
}
