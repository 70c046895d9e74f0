import Glibc
import HTTP
import TestSupport
import Testing

@Suite("Sending files")
struct FileSendingTests {
    private let folder: TemporaryFolder

    /// Larger than any socket buffer, and different everywhere.
    private static let content: [UInt8] = {
        // A block whose length is no power of two, so that no shift goes unnoticed.
        let block = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 7) }
        var content: [UInt8] = []
        for _ in 0..<2000 { content += block }
        return content
    }()

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(Self.content, to: "large")
        try folder.write([], to: "empty")
    }

    private func serve(_ body: (Int) async throws -> Void) async throws {
        let files = try StaticFiles(root: folder.path)
        try await withServer(handler: { try files.respond(to: $0) }, body)
    }

    @Test("Ranges and whole files arrive byte for byte, one after another")
    func ranges() async throws {
        try await serve { port in
            let client = try RawClient(port: port)
            for (range, status) in [
                ("bytes=0-0", 206), ("bytes=1000000-1065535", 206), ("bytes=-5", 206),
                ("bytes=19999999-", 206), ("bytes=1-19999998", 206), ("none", 200),
            ] {
                try client.send("GET /large HTTP/1.1\r\nHost: a\r\nRange: \(range)\r\n\r\n")
                let response = try client.readResponse()
                #expect(response.status == status)
                let field = response.headers["Content-Range"] ?? "bytes 0-19999999/20000000"
                let bounds = field.split { !$0.isNumber }.compactMap { Int($0) }
                #expect(response.body == Array(Self.content[bounds[0]...bounds[1]]))
            }
            try client.send("GET /empty HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.readResponse().body.isEmpty)
        }
    }

    @Test("A slow reader gets it all and starves nobody")
    func slowReader() async throws {
        try await serve { port in
            let slow = try RawClient(port: port, receiveBuffer: 4096)
            try slow.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
            try slow.peek()
            let other = try RawClient(port: port)
            try other.send("GET /empty HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try other.readResponse().status == 200)
            #expect(try slow.readResponse().body == Self.content)
        }
    }

    @Test("A file truncated under way ends the connection instead of sending wrong bytes")
    func truncated() async throws {
        try await serve { port in
            let client = try RawClient(port: port, receiveBuffer: 4096)
            try client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
            try client.peek()
            truncate("\(folder.path)/large", 100)
            #expect(try client.readToEnd().count < Self.content.count)
        }
    }

    @Test("A file deleted under way is sent to its end")
    func deleted() async throws {
        try await serve { port in
            let client = try RawClient(port: port, receiveBuffer: 4096)
            try client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
            try client.peek()
            remove("\(folder.path)/large")
            #expect(try client.readResponse().body.count == Self.content.count)
        }
    }
}
