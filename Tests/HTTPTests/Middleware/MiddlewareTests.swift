import HTTP
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
            .requestID, .renderingErrors(configuration.errors),
        ]) { _ in throw Unexpected() }
        let response = try await handler(Request(method: .get, target: "/"))
        #expect(response.status == .serviceUnavailable)
        #expect(response.headers["Retry-After"] == "7")
        #expect(response.headers.contains("X-Request-Id"))
    }

    @Test("Every answer names its request, by the client's id if that is fit")
    func requestID() async throws {
        let handler = Middleware.requestID.wrapping { _ in Response(status: .ok) }
        let given = try Request(method: .get, target: "/", headers: ["X-Request-Id": "from-proxy"])
        #expect(try await handler(given).headers.values(of: "X-Request-Id") == ["from-proxy"])
        let unfit = try Request(method: .get, target: "/", headers: ["X-Request-Id": "a b"])
        #expect(unfit.id != "a b")
        #expect(try await handler(unfit).headers["X-Request-Id"] == unfit.id)
    }
}
