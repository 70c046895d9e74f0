import HTTP
import Testing

@Suite("Limits")
struct LimitsTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    private static let ok: Handler = { request in
        _ = try await request.body.collect(upTo: 100)
        return Response(status: .ok)
    }

    @Test("A head that doesn't come to its end in time is 408, however it trickles")
    func slowHead() async throws {
        var limits = Limits()
        limits.headTime = .milliseconds(100)
        try await withServer(limits: limits, handler: Self.ok) { port in
            let client = try RawClient(port: port)
            try client.send("GET / HTTP/1.1\r\nHost: a\r\n")
            #expect(try client.readResponse().status == 408)
            #expect(try client.readToEnd().isEmpty)
        }
    }

    @Test("A connection on which nothing comes is closed without a word")
    func silent() async throws {
        var limits = Limits()
        limits.headTime = .milliseconds(50)
        try await withServer(limits: limits, handler: Self.ok) { port in
            let client = try RawClient(port: port)
            #expect(try client.readToEnd().isEmpty)
        }
    }

    @Test("An idle connection is closed after its last answer")
    func idle() async throws {
        var limits = Limits()
        limits.idleTime = .milliseconds(50)
        try await withServer(limits: limits, handler: Self.ok) { port in
            let client = try RawClient(port: port)
            try client.send(Self.get)
            #expect(try client.readResponse().status == 200)
            #expect(try client.readToEnd().isEmpty)
        }
    }

    @Test("A body that stalls is 408")
    func slowBody() async throws {
        var limits = Limits()
        limits.bodyTime = .milliseconds(50)
        try await withServer(limits: limits, handler: Self.ok) { port in
            let client = try RawClient(port: port)
            try client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe")
            let response = try client.readResponse()
            #expect(response.status == 408)
            #expect(response.headers["Connection"] == "close")
        }
    }

    @Test("A client that takes nothing is dropped, and its stream with it")
    func stalledReader() async throws {
        var limits = Limits()
        limits.sendTime = .milliseconds(100)
        let ended = Gate()
        let handler: Handler = { _ in
            let body = ResponseBody.stream(length: nil) { writer in
                defer { ended.open() }
                while true { try await writer.write([UInt8](repeating: 0, count: 100_000)) }
            }
            return Response(status: .ok, body: body)
        }
        try await withServer(limits: limits, handler: handler) { port in
            let client = try RawClient(port: port, receiveBuffer: 4096)
            try client.send(Self.get)
            try client.peek()
            await ended.wait()
        }
    }

    @Test("Beyond the connection limit newcomers are told 503, and served once there is room")
    func connections() async throws {
        var limits = Limits()
        limits.connections = 2
        try await withServer(limits: limits, handler: Self.ok) { port in
            let first = try RawClient(port: port)
            try first.send(Self.get)
            #expect(try first.readResponse().status == 200)
            var second: RawClient? = try RawClient(port: port)
            try second?.send(Self.get)
            let answer = try second?.readResponse()
            #expect(answer?.status == 200)

            let client = try RawClient(port: port)
            #expect(try client.readResponse().status == 503)

            second?.shutDownWriting()
            let rest = try second?.readToEnd()
            #expect(rest == [])
            second = nil
            let third = try RawClient(port: port)
            try third.send(Self.get)
            #expect(try third.readResponse().status == 200)
            try first.send(Self.get)
            #expect(try first.readResponse().status == 200)
        }
    }

    @Test("One address can be held to fewer connections")
    func connectionsPerAddress() async throws {
        var limits = Limits()
        limits.connectionsPerAddress = 1
        try await withServer(limits: limits, handler: Self.ok) { port in
            let first = try RawClient(port: port)
            try first.send(Self.get)
            #expect(try first.readResponse().status == 200)
            let client = try RawClient(port: port)
            #expect(try client.readResponse().status == 503)
        }
    }
}
