import HTTP
import Testing

@Suite("Pipelining without end")
struct PipeliningTests {
    @Test(
        "A thousand requests sent at once are answered, all and in order (RFC 9112 §9.3.2)",
        arguments: [1, 2],
        [false, true]
    )
    func thousand(eventLoops: Int, leavesTheLoop: Bool) async throws {
        let handler: Handler = { request in
            let body = try await request.body.collect(upTo: 100)
            if leavesTheLoop { await Task.yield() }
            let text = "\(request.rawTarget) \(body.count)"
            return Response(status: .ok, body: .bytes(Array(text.utf8)))
        }
        try await withAttackedServer(eventLoops: eventLoops, handler: handler) { port in
            let client = try RawClient(port: port)
            let requests = (1...1000).map {
                "POST /\($0) HTTP/1.1\r\nHost: a\r\nContent-Length: \($0 % 7)\r\n\r\n"
                    + String(repeating: "x", count: $0 % 7)
            }
            try client.send(requests.joined())
            for number in 1...1000 {
                #expect(try client.readResponse().text == "/\(number) \(number % 7)")
            }
        }
    }

    @Test("One that pipelines without end starves nobody")
    func starvesNobody() async throws {
        try await withAttackedServer(eventLoops: 1, handler: RequestLog().handler) { port in
            let greedy = try RawClient(port: port)
            let other = try RawClient(port: port)
            let requests = String(repeating: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", count: 1000)
            for _ in 1...5 {
                try greedy.send(requests)
                try other.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try other.readResponse().status == 200)
                for _ in 1...1000 { #expect(try greedy.readResponse().status == 200) }
            }
        }
    }
}
