import HTTP
import Synchronization
import TestSupport
import Testing

/// Clients that go away by the hundred, at every stage of a request.
@Suite("Broken connections")
struct BrokenConnectionTests {
    enum Stage: CaseIterable {
        case connected, head, body, handling, file, stream, pipeline

        var request: String {
            let end = "HTTP/1.1\r\nHost: a\r\n\r\n"
            return switch self {
            case .connected: ""
            case .head: "GET / HTTP/1.1\r\nHo"
            case .body: "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\n\r\nxxx"
            case .handling: "GET /wait \(end)"
            case .file: "GET /large \(end)"
            case .stream: "GET /stream \(end)"
            case .pipeline: String(repeating: "GET /large \(end)GET /stream \(end)", count: 20)
            }
        }

        /// Whether an answer comes as long as the client is there.
        var isAnswered: Bool {
            switch self {
            case .connected, .head, .body, .handling: false
            case .file, .stream, .pipeline: true
            }
        }
    }

    private let folder: TemporaryFolder
    private let files: StaticFiles

    init() throws {
        folder = try TemporaryFolder()
        try folder.write([UInt8](repeating: 0x78, count: 8_000_000), to: "large")
        try folder.write([], to: "after")
        files = try StaticFiles(root: folder.path)
    }

    @Test(
        "cost nothing, whether they are reset or closed (RFC 9112 §9.5)",
        arguments: Stage.allCases,
        [true, false]
    )
    func storm(_ stage: Stage, isReset: Bool) async throws {
        let running = Atomic(0)
        let handler: Handler = { [files] request in
            running.add(1, ordering: .relaxed)
            defer { running.subtract(1, ordering: .relaxed) }
            switch request.path {
            case "/body":
                _ = try await request.body.collect(upTo: .max)
            case "/wait":
                // A client that only closes may still want its answer.
                if isReset { try await Task.sleep(for: .seconds(60)) } else { await Task.yield() }
            case "/stream":
                let body = ResponseBody.stream(length: nil) { writer in
                    while true { try await writer.write([UInt8](repeating: 0x78, count: 1000)) }
                }
                return Response(status: .ok, body: body)
            default:
                return try files.respond(to: request)
            }
            return Response(status: .ok)
        }
        try await withAttackedServer(handler: handler) { port in
            for _ in 1...2 {
                let clients = try (0..<40).map { _ in try RawClient(port: port) }
                for client in clients {
                    if isReset { client.resetOnClose() }
                    try client.send(stage.request)
                }
                if stage.isAnswered { for client in clients { try client.peek() } }
            }
            try await eventually("the handlers to end") { running.load(ordering: .relaxed) == 0 }
        }
    }
}
