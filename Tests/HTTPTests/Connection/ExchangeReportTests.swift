import CLinux
import HTTP
import Synchronization
import TestSupport
import Testing

@Suite("Exchange reports")
struct ExchangeReportTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    /// What a server has reported so far.
    private final class Reports: Sendable {
        private let list = Mutex<[ExchangeReport]>([])
        var all: [ExchangeReport] { list.withLock { $0 } }
        func add(_ report: ExchangeReport) { list.withLock { $0.append(report) } }

        func first(_ count: Int) async throws -> [ExchangeReport] {
            try await eventually("\(count) reports") { all.count >= count ? all : nil }
        }
    }

    private func withReports(
        limits: Limits = Limits(),
        handler: @escaping Handler,
        _ body: (Reports, Int) async throws -> Void
    ) async throws {
        let reports = Reports()
        var configuration = HTTPServer.Configuration()
        configuration.limits = limits
        configuration.eventLoops = 1
        configuration.onExchange = reports.add
        let server = HTTPServer(configuration: configuration, handler: handler)
        let port = try server.start()
        do {
            try await onOwnThread { try await body(reports, port) }
        } catch {
            await server.shutdown(gracePeriod: .zero)
            throw error
        }
        await server.shutdown(gracePeriod: .zero)
    }

    private static let hello: Handler = { request in
        Response(status: .ok, body: .bytes(Array("hello \(request.path)".utf8)))
    }

    @Test("An answer that has left is reported whole, with its request and times")
    func whole() async throws {
        try await withReports(handler: Self.hello) { reports, port in
            let before = Int(clinux_realtime())
            let client = try RawClient(port: port)
            try client.send("GET /x?y HTTP/1.1\r\nHost: a\r\nX-Request-Id: mine\r\n\r\n")
            _ = try client.readResponse()
            let report = try #require(try await reports.first(1).first)
            let after = Int(clinux_realtime())
            #expect(report.request?.rawTarget == "/x?y")
            #expect(report.requestID == "mine")
            #expect(report.remoteAddress == "127.0.0.1")
            #expect(report.status == .ok && report.bytesSent == 8 && report.isComplete)
            #expect((before - 1000...after).contains(report.start))
            #expect(report.duration >= .zero)
            #expect(report.duration <= .microseconds(after - before + 1000))
        }
    }

    @Test("Pipelined requests are reported one by one, in their order")
    func pipelined() async throws {
        try await withReports(handler: Self.hello) { reports, port in
            let client = try RawClient(port: port)
            let paths = (1...50).map { "/\($0)" }
            try client.send(paths.map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
            for _ in paths { _ = try client.readResponse() }
            let all = try await reports.first(50)
            #expect(all.map { $0.request?.path } == paths)
            #expect(all.map(\.bytesSent) == paths.map { 6 + $0.utf8.count })
            #expect(Set(all.map(\.requestID)).count == 50)
        }
    }

    @Test(
        "What cannot be read as a request is reported without one",
        arguments: [
            ("NONSENSE\r\n\r\n", 400), ("BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501),
            ("GET / HTTP/1.1\r\n", 408),
        ]
    )
    func unreadable(_ text: String, _ status: Int) async throws {
        var limits = Limits()
        limits.headTime = .milliseconds(100)
        try await withReports(limits: limits, handler: Self.hello) { reports, port in
            let client = try RawClient(port: port)
            try client.send(text)
            let response = try client.readResponse()
            let report = try #require(try await reports.first(1).first)
            #expect(report.request == nil)
            #expect(report.status.code == status && response.status == status)
            #expect(report.bytesSent == response.body.count && report.isComplete)
            #expect(!report.requestID.isEmpty)
        }
    }

    @Test("HEAD has sent no body")
    func head() async throws {
        try await withReports(handler: Self.hello) { reports, port in
            let client = try RawClient(port: port)
            try client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" + Self.get)
            _ = try client.readResponse(toHead: true)
            _ = try client.readResponse()
            #expect(try await reports.first(2).map(\.bytesSent) == [0, 7])
        }
    }

    @Test("An answer that is cut is reported as such, with what had left of it")
    func cut() async throws {
        let handler: Handler = { _ in
            Response(status: .ok, body: .bytes([UInt8](repeating: 0x78, count: 50_000_000)))
        }
        try await withReports(handler: handler) { reports, port in
            var client: RawClient? = try RawClient(port: port, receiveBuffer: 4096)
            try client?.send(Self.get)
            _ = try client?.readExactly(100_000)
            #expect(reports.all.isEmpty)
            client?.resetOnClose()
            client = nil
            let report = try #require(try await reports.first(1).first)
            #expect(report.status == .ok && !report.isComplete)
            #expect((90_000..<50_000_000).contains(report.bytesSent))
        }
    }

    @Test("A stream is reported when it ends, not when it begins", arguments: [true, false])
    func stream(isWhole: Bool) async throws {
        struct Failure: Error {}
        let goOn = Gate()
        let handler: Handler = { _ in
            let body = ResponseBody.stream(length: 4) { writer in
                try await writer.write([0x61, 0x62])
                await goOn.wait()
                guard isWhole else { throw Failure() }
                try await writer.write([0x63, 0x64])
            }
            return Response(status: .ok, body: body)
        }
        try await withReports(handler: handler) { reports, port in
            let client = try RawClient(port: port)
            try client.send(Self.get)
            _ = try client.readExactly(20)
            #expect(reports.all.isEmpty)
            goOn.open()
            let report = try #require(try await reports.first(1).first)
            #expect(report.isComplete == isWhole)
            #expect(report.bytesSent == (isWhole ? 4 : 2))
        }
    }

    @Test("A connection without a request is nothing to report")
    func silent() async throws {
        try await withReports(handler: Self.hello) { reports, port in
            for _ in 1...3 { _ = try RawClient(port: port) }
            let client = try RawClient(port: port)
            try client.send(Self.get)
            _ = try client.readResponse()
            #expect(try await reports.first(1).count == 1)
        }
    }
}
