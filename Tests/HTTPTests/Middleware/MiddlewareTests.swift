import HTTP
import Synchronization
import Testing

@Suite("Middleware")
struct MiddlewareTests {
    private func response(
        _ layers: [Middleware],
        errors: ErrorRendering = ErrorRendering(),
        _ responder: @escaping Responder
    ) async throws -> Response {
        let chain = MiddlewareChain(layers, errors: errors, around: responder)
        return await chain.answer(to: try Request(method: .get, target: "/")).response()
    }

    @Test("The first of a chain is outermost, for answers at once and later")
    func order() async throws {
        func tag(_ name: String) -> Middleware {
            Middleware(send: { _, response in response.headers.append("X-Tag", name) })
        }
        let layers = [tag("outer"), tag("inner")]
        let now = try await response(layers) { _ in .now(Response(status: .ok)) }
        #expect(now.headers.values(of: "X-Tag") == ["inner", "outer"])
        let later = try await response(layers) { _ in .later { Response(status: .ok) } }
        #expect(later.headers.values(of: "X-Tag") == ["inner", "outer"])
    }

    @Test("What middleware answers or throws, neither the next nor the handler gets to see")
    func shortCut() async throws {
        let calls = Atomic(0)
        let counter = Middleware(receive: { _ in
            calls.add(1, ordering: .relaxed)
            return nil
        })
        let answering = Middleware(receive: { _ in Response(status: .accepted) })
        let throwing = Middleware(receive: { _ in throw HTTPError(.forbidden, "no") })
        for (layer, status) in [(answering, Status.accepted), (throwing, .forbidden)] {
            let response = try await response([counter, layer, counter]) { _ in
                Issue.record("the handler was called")
                return .now(Response(status: .ok))
            }
            #expect(response.status == status)
        }
        #expect(calls.load(ordering: .relaxed) == 2)
    }

    @Test("Errors are responses on their way out, their own fields kept", arguments: [true, false])
    func errors(isLater: Bool) async throws {
        struct Unexpected: Error {}
        let rendering = ErrorRendering(onUnhandledError: { error, _ in
            #expect(error is Unexpected)
            return HTTPError(.serviceUnavailable, "later", headers: ["Retry-After": "7"])
        })
        let response = try await response([.securityHeaders], errors: rendering) { _ in
            guard isLater else { throw Unexpected() }
            return .later { throw Unexpected() }
        }
        #expect(response.status == .serviceUnavailable)
        #expect(response.headers["Retry-After"] == "7")
        #expect(response.headers["X-Content-Type-Options"] == "nosniff")
    }

    @Test("Default fields don't replace a response's own")
    func defaults() async throws {
        let layer = Middleware.defaultHeaders(["A": "default", "B": "default"])
        let response = try await response([layer]) { _ in
            .now(Response(status: .ok, headers: ["a": "own"]))
        }
        #expect(response.headers.values(of: "A") == ["own"])
        #expect(response.headers["B"] == "default")
    }
}
