import HTTP
import Synchronization
import Testing

@Suite("Connection")
struct ConnectionTests {
    private static let echo: Handler = { request in
        let body = try await request.body.collect(upTo: 1 << 20)
        let text = "\(request.method.rawValue) \(request.rawTarget) \(body.count)"
        return Response(status: .ok, body: .bytes(Array(text.utf8)))
    }

    private static let ping = "GET /ping HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("Answers a hundred pipelined requests in order (RFC 9112 §9.3.2)", arguments: [1, 2])
    func pipelining(_ eventLoops: Int) async throws {
        try await withServer(eventLoops: eventLoops, handler: Self.echo) { port in
            let client = try RawClient(port: port)
            let requests = (1...100).map {
                "POST /\($0) HTTP/1.1\r\nHost: a\r\nContent-Length: \($0 % 3)\r\n\r\n"
                    + String(repeating: "x", count: $0 % 3)
            }
            try client.send(requests.joined())
            for number in 1...100 {
                #expect(try client.readResponse().text == "POST /\(number) \(number % 3)")
            }
        }
    }

    @Test("The parser's errors are answered, rendered by the hook, and end the connection")
    func parserErrors() async throws {
        var configuration = HTTPServer.Configuration()
        configuration.serverName = "test"
        configuration.errors.renderError = { error, request in
            #expect(request == nil)
            return Response(status: error.status, headers: ["X-Rendered": error.detail])
        }
        let server = HTTPServer(configuration: configuration, handler: Self.echo)
        let port = try server.start()
        try await onOwnThread {
            let client = try RawClient(port: port)
            try client.send("BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n" + Self.ping)
            let response = try client.readResponse()
            #expect(response.status == 501)
            #expect(response.headers["X-Rendered"] != nil)
            #expect(response.headers["Server"] == "test")
            #expect(try client.readToEnd().isEmpty)
        }
        await server.shutdown(gracePeriod: .zero)
    }

    @Test("An error a handler didn't foresee is 500 and says nothing")
    func unhandledError() async throws {
        struct Secret: Error {}
        try await withServer(handler: { _ in throw Secret() }) { port in
            let client = try RawClient(port: port)
            try client.send(Self.ping + Self.ping)
            #expect(try client.readResponse().status == 500)
            #expect(try !client.readResponse().text.contains("Secret"))
        }
    }

    @Test("A half-closed client still gets its answers (RFC 9112 §9.6)")
    func halfClose() async throws {
        let (arrived, goOn) = (Gate(), Gate())
        let handler: Handler = { request in
            if request.path == "/slow" {
                arrived.open()
                await goOn.wait()
            }
            return Response(status: .ok, body: .bytes(Array(request.path.utf8)))
        }
        try await withServer(handler: handler) { port in
            let client = try RawClient(port: port)
            try client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n" + Self.ping)
            client.shutDownWriting()
            await arrived.wait()
            goOn.open()
            #expect(try client.readResponse().text == "/slow")
            #expect(try client.readResponse().text == "/ping")
            #expect(try client.readToEnd().isEmpty)
        }
    }

    @Test("A reset cancels the handler's task")
    func reset() async throws {
        let (arrived, cancelled) = (Gate(), Gate())
        let handler: Handler = { request in
            arrived.open()
            try await withTaskCancellationHandler {
                try await Task.sleep(for: .seconds(60))
            } onCancel: {
                cancelled.open()
            }
            return Response(status: .ok)
        }
        try await withServer(handler: handler) { port in
            var client: RawClient? = try RawClient(port: port)
            try client?.send(Self.ping)
            await arrived.wait()
            client?.resetOnClose()
            client = nil
            await cancelled.wait()
        }
    }

    @Test("A handler may leave the loop and come back")
    func leavesTheLoop() async throws {
        actor Counter {
            var count = 0
            func next() -> Int {
                count += 1
                return count
            }
        }
        let counter = Counter()
        let handler: Handler = { request in
            let body = try await request.body.collect(upTo: 100)
            await Task.yield()
            let number = await counter.next()
            return Response(status: .ok, body: .bytes(Array("\(number) \(body.count)".utf8)))
        }
        try await withServer(eventLoops: 2, handler: handler) { port in
            let client = try RawClient(port: port)
            for number in 1...20 {
                try client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab")
                #expect(try client.readResponse().text == "\(number) 2")
            }
        }
    }
}
