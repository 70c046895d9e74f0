import HTTP
import Synchronization
import Testing

@Suite("Middleware")
struct MiddlewareTests {
    @Test("The first of a chain is outermost")
    func order() async throws {
        func tag(_ name: String) -> Middleware {
            Middleware { request, next in
                var response = try await next(request)
                response.headers.append("X-Tag", name)
                return response
            }
        }
        let handler = Middleware.chain([tag("outer"), tag("inner")]) { _ in
            Response(status: .ok)
        }
        let response = try await handler(Request(method: .get, target: "/"))
        #expect(response.headers.values(of: "X-Tag") == ["inner", "outer"])
    }

    @Test("Errors rendered inside are responses outside, their own fields kept")
    func errors() async throws {
        struct Unexpected: Error {}
        var configuration = HTTPServer.Configuration()
        configuration.onUnhandledError = { error, _ in
            #expect(error is Unexpected)
            return HTTPError(.serviceUnavailable, "later", headers: ["Retry-After": "7"])
        }
        let handler = Middleware.chain([
            .securityHeaders, .renderingErrors(configuration.errors),
        ]) { _ in throw Unexpected() }
        let response = try await handler(Request(method: .get, target: "/"))
        #expect(response.status == .serviceUnavailable)
        #expect(response.headers["Retry-After"] == "7")
        #expect(response.headers["X-Content-Type-Options"] == "nosniff")
    }

    @Test("Default fields don't replace a response's own")
    func defaults() async throws {
        let handler = Middleware.defaultHeaders(["A": "default", "B": "default"]).wrapping { _ in
            Response(status: .ok, headers: ["a": "own"])
        }
        let response = try await handler(Request(method: .get, target: "/"))
        #expect(response.headers.values(of: "A") == ["own"])
        #expect(response.headers["B"] == "default")
    }

    @Test("The access log sees answers and errors")
    func accessLog() async throws {
        let statuses = Mutex<[Int?]>([])
        let log = Middleware.accessLog { entry in
            statuses.withLock { $0.append(entry.status?.code) }
        }
        let request = try Request(method: .get, target: "/")
        _ = try await log.wrapping({ _ in Response(status: .accepted) })(request)
        await #expect(throws: HTTPError.self) {
            try await log.wrapping({ _ in throw HTTPError(.notFound, "") })(request)
        }
        #expect(statuses.withLock { $0 } == [202, nil])
    }
}
