import HTTP
import Synchronization
import Testing

@Suite("Streaming")
struct StreamingTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("What is written leaves at once")
    func immediate() async throws {
        let goOn = Gate()
        let handler: Handler = { _ in
            let body = ResponseBody.stream(length: 2) { writer in
                try await writer.write([0x61])
                await goOn.wait()
                try await writer.write([0x62])
            }
            return Response(status: .ok, body: body)
        }
        try await withServer(handler: handler) { port in
            let client = try RawClient(port: port)
            try client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" + Self.get)
            #expect(try client.readResponse(toHead: true).headers["Content-Length"] == "2")
            var received = ""
            while !received.hasSuffix("\r\n\r\na") {
                received += String(decoding: try client.readExactly(1), as: UTF8.self)
            }
            goOn.open()
            #expect(try client.readExactly(1) == Array("b".utf8))
        }
    }

    @Test("A writer waits for a slow client")
    func backPressure() async throws {
        let written = Atomic(0)
        let handler: Handler = { _ in
            let body = ResponseBody.stream(length: nil) { writer in
                let piece = [UInt8](repeating: 0x78, count: 100_000)
                for _ in 1...500 {
                    try await writer.write(piece)
                    written.add(1, ordering: .relaxed)
                }
            }
            return Response(status: .ok, body: body)
        }
        try await withServer(handler: handler) { port in
            let client = try RawClient(port: port, receiveBuffer: 4096)
            try client.send(Self.get)
            try client.peek()
            // Whatever the kernel's buffers hold, it is far less than fifty megabytes.
            #expect(written.load(ordering: .relaxed) < 250)
            #expect(try client.readResponse().body.count == 50_000_000)
        }
    }

    @Test("A stream that fails or breaks its promise cuts the connection", arguments: [1, 2, 3])
    func broken(_ kind: Int) async throws {
        struct Failure: Error {}
        let handler: Handler = { _ in
            let body = ResponseBody.stream(length: kind == 1 ? nil : 3) { writer in
                try await writer.write([0x61, 0x62])
                if kind == 1 { throw Failure() }
                if kind == 2 { try await writer.write([0x63, 0x64]) }
            }
            return Response(status: .ok, body: body)
        }
        try await withServer(handler: handler) { port in
            let client = try RawClient(port: port)
            try client.send(Self.get)
            #expect(throws: RawClient.Failure.self) { try client.readResponse() }
        }
    }

    @Test("A stream that fails in HTTP/1.0 is reset, lest it look whole (RFC 9112 §8)")
    func brokenUntilClose() async throws {
        struct Failure: Error {}
        let handler: Handler = { _ in
            let body = ResponseBody.stream(length: nil) { writer in
                try await writer.write([0x61, 0x62])
                throw Failure()
            }
            return Response(status: .ok, body: body)
        }
        try await withServer(handler: handler) { port in
            let client = try RawClient(port: port)
            try client.send("GET / HTTP/1.0\r\n\r\n")
            #expect(throws: RawClient.Failure.self) { _ = try client.readToEnd() }
        }
    }

    @Test("A client that goes away ends the stream")
    func clientGone() async throws {
        let ended = Gate()
        let handler: Handler = { _ in
            let body = ResponseBody.stream(length: nil) { writer in
                defer { ended.open() }
                while true {
                    try await writer.write([0x61])
                    await Task.yield()
                }
            }
            return Response(status: .ok, body: body)
        }
        try await withServer(handler: handler) { port in
            var client: RawClient? = try RawClient(port: port)
            try client?.send(Self.get)
            _ = try client?.readExactly(100)
            client = nil
            await ended.wait()
        }
    }
}
