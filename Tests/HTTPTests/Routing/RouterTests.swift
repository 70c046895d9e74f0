import HTTP
import Testing

@Suite("Router")
struct RouterTests {
    private let router: Router = {
        func echo(_ name: String) -> Handler {
            { request in
                let id = request.parameters["id"] ?? "-"
                let file = request.parameters["file"] ?? "-"
                return Response(status: .ok, headers: ["X-Route": "\(name) \(id) \(file)"])
            }
        }
        var router = Router()
        router.on(.get, "/", echo("root"))
        router.on(.get, "/api/videos", echo("list"))
        router.on(.get, "/api/videos/:id", echo("one"))
        router.on(.delete, "/api/videos/:id", echo("delete"))
        router.on(.get, "/api/videos/latest", echo("latest"))
        router.on(.get, "/api/videos/:id/hls/:file", echo("file"))
        router.on(.post, "/api/store", echo("store"))
        router.on(.head, "/api/videos/latest/hls/index", echo("own head"))
        return router
    }()

    @Test(
        "Finds the route and its parameters, literal parts first",
        arguments: [
            (Method.get, "/", "root - -"),
            (.get, "/api/videos", "list - -"),
            (.get, "/api/videos?limit=3", "list - -"),
            (.get, "/api/videos/7", "one 7 -"),
            (.head, "/api/videos/7", "one 7 -"),
            (.delete, "/api/videos/7", "delete 7 -"),
            (.get, "/api/videos/latest", "latest - -"),
            (.get, "/api/videos/7/hls/a.m4s", "file 7 a.m4s"),
            (.get, "/api/videos/latest/hls/x", "file latest x"),
            (.head, "/api/videos/latest/hls/index", "own head - -"),
            (.get, "/api/videos/a%20b", "one a b -"),
            (.get, "/api/videos/a%2Fb", "one a/b -"),
            (.get, "/%61pi/videos", "list - -"),
        ]
    )
    func finds(_ method: Method, _ target: String, _ route: String) async throws {
        let response = try await router.answer(to: Request(method: method, target: target))
            .response()
        #expect(response.headers["X-Route"] == route)
    }

    @Test(
        "An unknown path is 404",
        arguments: [
            "/api", "/api/", "/api/videos/", "/api/videos//hls/x", "/api/videos/7/", "//",
            "/api%2Fvideos", "/API/videos",
        ]
    )
    func unknown(_ target: String) async throws {
        let request = try Request(method: .get, target: target)
        let error = await #expect(throws: HTTPError.self) {
            try await router.answer(to: request).response()
        }
        #expect(error?.status == .notFound)
    }

    @Test("Another method on a known path is 405 with Allow (RFC 9110 §15.5.6)")
    func methodNotAllowed() async throws {
        let request = try Request(method: .put, target: "/api/videos/7")
        let error = await #expect(throws: HTTPError.self) {
            try await router.answer(to: request).response()
        }
        #expect(error?.status == .methodNotAllowed)
        #expect(error?.headers["Allow"] == "GET, HEAD, DELETE, OPTIONS")
    }

    @Test(
        "OPTIONS is answered with Allow (RFC 9110 §9.3.7)",
        arguments: [("/api/store", "POST, OPTIONS"), ("/", "GET, HEAD, OPTIONS")]
    )
    func options(_ target: String, _ allow: String) async throws {
        let response = try await router.answer(to: Request(method: .options, target: target))
            .response()
        #expect(response.status == .noContent)
        #expect(response.headers["Allow"] == allow)
    }

    @Test("What has no route may be answered otherwise")
    func fallback() async throws {
        let router = Router { _ in Response(status: .accepted) }
        let response = try await router.answer(to: Request(method: .get, target: "/x")).response()
        #expect(response.status == .accepted)
    }
}
