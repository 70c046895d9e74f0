import Synchronization
import TestSupport
import Testing

@testable import HTTP

/// What the hook for the access log is told, by a real server.
@Suite("Exchange reports")
struct ExchangeReportTests {
    private final class Reports: Sendable {
        private let all = Mutex<[ExchangeReport]>([])

        func record(_ report: ExchangeReport) { all.withLock { $0.append(report) } }

        /// As soon as there are so many.
        func first(_ count: Int) async throws -> [ExchangeReport] {
            try await eventually("\(count) reports") { self.all.withLock { $0.count >= count } }
            return all.withLock { $0 }
        }
    }

    private func reports(
        _ count: Int,
        limits: Limits = Limits(),
        handler: @escaping Handler = { _ in
            Response(status: .ok, body: .bytes(Array("hello".utf8)))
        },
        _ body: (RawClient) async throws -> Void
    ) async throws -> [ExchangeReport] {
        let reports = Reports()
        try await withServer(limits: limits, onExchange: reports.record, handler: handler) { port in
            try await body(RawClient(port: port))
            _ = try await reports.first(count)
        }
        return try await reports.first(count)
    }

    @Test("Pipelined exchanges are reported in order, each with its own size and id")
    func pipelined() async throws {
        let all = try await reports(3) { client in
            try client.send(
                """
                GET /a?x=1 HTTP/1.1\r\nHost: h\r\nX-Request-Id: mine\r\n\r\n\
                HEAD /b HTTP/1.1\r\nHost: h\r\n\r\n\
                POST /c HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nok
                """
            )
            for isHead in [false, true, false] { _ = try client.readResponse(toHead: isHead) }
        }
        #expect(all.map { $0.request?.rawTarget } == ["/a?x=1", "/b", "/c"])
        #expect(all.map(\.bytesSent) == [5, 0, 5])
        #expect(all.allSatisfy { $0.isComplete && $0.status == .ok })
        #expect(all[0].requestID == "mine")
        #expect(Set(all.map(\.requestID)).count == 3)
        #expect(all.allSatisfy { $0.remoteAddress == "127.0.0.1" })
    }

    @Test("What could not be read is reported without a request")
    func unreadable() async throws {
        let all = try await reports(1) { client in
            try client.send("nonsense\r\n\r\n")
            _ = try client.readResponse()
        }
        #expect(all[0].request == nil && all[0].status == .badRequest)
    }

    @Test(
        "A client that goes before the answer, or while it is sent, leaves an incomplete exchange"
    )
    func cut() async throws {
        let began = Gate()
        let never = Gate()
        let waiting = try await reports(
            1,
            handler: { _ in
                began.open()
                await withTaskCancellationHandler {
                    await never.wait()
                } onCancel: {
                    never.open()
                }
                return Response(status: .ok)
            },
            { client in
                try client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                await began.wait()
                client.resetOnClose()
            }
        )
        #expect(waiting[0].status.code == 499 && !waiting[0].isComplete)

        let size = 64 << 20
        let sending = try await reports(
            1,
            handler: { _ in
                Response(status: .ok, body: .bytes([UInt8](repeating: 1, count: size)))
            },
            { client in
                try client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                try client.peek()
                client.resetOnClose()
            }
        )
        #expect(sending[0].status == .ok && !sending[0].isComplete)
        #expect(sending[0].bytesSent > 0 && sending[0].bytesSent < size)
    }
}
