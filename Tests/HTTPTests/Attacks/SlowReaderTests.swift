import Glibc
import HTTP
import Synchronization
import TestSupport
import Testing

@Suite("Slow readers")
struct SlowReaderTests {
    private static let count = 20
    private let folder: TemporaryFolder
    private let files: StaticFiles

    init() throws {
        folder = try TemporaryFolder()
        // Larger than what the kernel buffers.
        try folder.write([UInt8](repeating: 0x78, count: 20_000_000), to: "large")
        try folder.write([], to: "after")
        files = try StaticFiles(root: folder.path)
    }

    /// Waits until the server has closed what it had open for clients that still hold theirs.
    private func expectClosed(_ clients: [RawClient], before: Int) async throws {
        try await eventually("the server to drop the slow readers") {
            try ProcessUsage(of: getpid()).descriptors <= before + clients.count
        }
    }

    @Test("Those that take nothing are dropped, and the file with them")
    func takesNothing() async throws {
        var limits = Limits()
        limits.sendTime = .milliseconds(200)
        try await withAttackedServer(limits: limits, handler: files.respond) { port in
            let before = try ProcessUsage(of: getpid()).descriptors
            let clients = try (0..<Self.count).map { _ in
                try RawClient(port: port, receiveBuffer: 4096)
            }
            for client in clients { try client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n") }
            for client in clients { try client.peek() }
            try await expectClosed(clients, before: before)
            // By a reset: the kernel keeps nothing for them either.
            for client in clients {
                #expect(throws: RawClient.Failure.self) { _ = try client.readToEnd() }
            }
        }
    }

    @Test("Those that take nothing are dropped however they go on sending")
    func sendsOn() async throws {
        var limits = Limits()
        limits.sendTime = .milliseconds(200)
        limits.headTime = .milliseconds(200)
        limits.lingerTime = .milliseconds(50)
        let answered = Atomic(0)
        let handler: Handler = { _ in
            answered.add(1, ordering: .relaxed)
            return Response(status: .ok, body: .bytes([UInt8](repeating: 0x78, count: 2000)))
        }
        func client(sending count: Int, to port: Int) throws -> RawClient {
            let client = try RawClient(port: port, receiveBuffer: 4096)
            let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
            try client.send(String(repeating: request, count: count) + "GET /")
            return client
        }
        try await withAttackedServer(limits: limits, handler: handler) { port in
            // How many answers fit before the server reads no more.
            let before = try ProcessUsage(of: getpid()).descriptors
            answered.store(0, ordering: .relaxed)
            let first = try client(sending: 10_000, to: port)
            try await expectClosed([first], before: before)
            let capacity = answered.load(ordering: .relaxed)
            // With a few less the kernel takes no more, but the server still reads.
            var clients = try stride(from: 0, to: 300, by: 15).map {
                try client(sending: max(0, capacity - $0), to: port)
            }
            for _ in 1...3000 where !clients.isEmpty {
                clients = clients.filter { (try? $0.send("a")) != nil }
                try await Task.sleep(for: .milliseconds(2))
            }
            #expect(clients.isEmpty)
        }
    }

    @Test("Those that take a byte at a time starve nobody")
    func takesLittle() async throws {
        try await withAttackedServer(eventLoops: 1, handler: files.respond) { port in
            let clients = try (0..<Self.count).map { _ in
                try RawClient(port: port, receiveBuffer: 4096)
            }
            for client in clients { try client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n") }
            let other = try RawClient(port: port)
            for _ in 1...20 {
                for client in clients { _ = try client.readExactly(1) }
                try other.send("GET /after HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try other.readResponse().status == 200)
            }
        }
    }

    @Test("One that sends requests and takes no answers is held back, then dropped")
    func unreadAnswers() async throws {
        var limits = Limits()
        limits.sendTime = .milliseconds(200)
        let answered = Atomic(0)
        let handler: Handler = { _ in
            answered.add(1, ordering: .relaxed)
            return Response(status: .ok, body: .bytes([UInt8](repeating: 0x78, count: 10_000)))
        }
        try await withAttackedServer(limits: limits, handler: handler) { port in
            let before = try ProcessUsage(of: getpid()).descriptors
            answered.store(0, ordering: .relaxed)
            let client = try RawClient(port: port, receiveBuffer: 4096)
            let requests = String(repeating: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", count: 10_000)
            // It may be dropped before it has sent them all.
            try? client.send(requests)
            try await expectClosed([client], before: before)
            // A hundred megabytes of answers; the kernel's buffers hold a few.
            #expect(answered.load(ordering: .relaxed) < 2000)
        }
    }
}
