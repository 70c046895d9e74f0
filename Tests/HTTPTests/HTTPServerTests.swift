import HTTP
import Testing

@Suite("HTTP server")
struct HTTPServerTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    private func server(
        host: String = "127.0.0.1",
        port: Int = 0,
        handler: @escaping Handler = { _ in Response(status: .ok) }
    ) -> HTTPServer {
        var configuration = HTTPServer.Configuration()
        configuration.host = host
        configuration.port = port
        return HTTPServer(configuration: configuration, handler: handler)
    }

    @Test("A port in use is an error that names it")
    func addressInUse() async throws {
        let first = server()
        let port = try first.start()
        #expect(throws: HTTPServerError.addressInUse(host: "127.0.0.1", port: port)) {
            try server(port: port).start()
        }
        #expect(throws: HTTPServerError.alreadyStarted) { try first.start() }
        await first.shutdown(gracePeriod: .zero)
    }

    @Test(
        "An address that isn't one is an error",
        arguments: [("no such host", 0), ("::1", 65536)]
    )
    func invalidAddress(_ host: String, _ port: Int) {
        #expect(throws: HTTPServerError.invalidAddress(host: host, port: port)) {
            try server(host: host, port: port).start()
        }
    }

    @Test("Shutting down closes idle connections, refuses new ones, and finishes what runs")
    func drains() async throws {
        let (arrived, goOn) = (Gate(), Gate())
        let server = server { _ in
            arrived.open()
            await goOn.wait()
            return Response(status: .ok, body: .bytes(Array("done".utf8)))
        }
        let port = try server.start()
        try await onOwnThread {
            let idle = try RawClient(port: port)
            let busy = try RawClient(port: port)
            try busy.send(Self.get)
            await arrived.wait()

            // Not a child task: that would be bound to this test's thread.
            let shutdown = Task { await server.shutdown(gracePeriod: .seconds(60)) }
            #expect(try idle.readToEnd().isEmpty)
            #expect(throws: RawClient.Failure.self) { try RawClient(port: port) }
            goOn.open()
            let response = try busy.readResponse()
            #expect(response.text == "done")
            #expect(response.headers["Connection"] == "close")
            #expect(try busy.readToEnd().isEmpty)
            await shutdown.value
        }
    }

    @Test("After the grace period what still runs is cancelled and closed")
    func gracePeriodEnds() async throws {
        let (arrived, cancelled) = (Gate(), Gate())
        let server = server { _ in
            let body = ResponseBody.stream(length: nil) { writer in
                defer { cancelled.open() }
                arrived.open()
                try await Task.sleep(for: .seconds(60))
            }
            return Response(status: .ok, body: body)
        }
        let port = try server.start()
        try await onOwnThread {
            let client = try RawClient(port: port)
            try client.send(Self.get)
            await arrived.wait()
            await server.shutdown(gracePeriod: .milliseconds(50))
            await cancelled.wait()
            #expect(throws: RawClient.Failure.self) { try client.readResponse() }
        }
    }

    @Test("A server that never ran can be shut down")
    func neverStarted() async {
        await server().shutdown(gracePeriod: .seconds(60))
    }
}
