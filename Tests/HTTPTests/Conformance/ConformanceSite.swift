import HTTP
import TestSupport

/// What the cases' server serves: routes that show what was understood, and a few files.
final class ConformanceSite: Sendable {
    /// The content of `/clip.mp4`, different everywhere.
    static let clip = (0..<1000).map { UInt8($0 % 251) }

    /// When the clip last changed: Sun, 06 Nov 1994 08:49:37 GMT.
    private static let modified = 784_111_777

    let responder: Responder
    private let folder: TemporaryFolder
    private let tag: String

    init() throws {
        folder = try TemporaryFolder()
        try folder.makeFolder("public")
        try folder.makeFolder("public/sub")
        try folder.write(Self.clip, to: "public/clip.mp4")
        for (name, text) in [
            ("public/empty.mp4", ""), ("public/index.html", "<p>home"),
            ("public/sub/index.html", "<p>sub"), ("public/a b.txt", "a b"),
            ("public/future.ts", "later"), ("public/list.m3u8", "#EXTM3U"),
            ("public/unknown.xyz", "?"), ("secret", "secret"),
        ] {
            try folder.write(Array(text.utf8), to: name)
        }
        try folder.link("public/link.mp4", to: "clip.mp4")
        try folder.link("public/up", to: "..")
        try folder.setModified("public/clip.mp4", to: Self.modified)
        try folder.setModified("public/future.ts", to: 4_000_000_000)
        let files = try StaticFiles(root: "\(folder.path)/public", cacheControl: "max-age=60")
        let clip = try files.respond(to: Request(method: .head, target: "/clip.mp4"))
        tag = clip.headers["ETag"] ?? ""
        let router = Self.router(files)
        responder = { try router.answer(to: $0) }
    }

    /// A text with the clip's entity tag where `{tag}` stands.
    func filled(_ text: String) -> String {
        text.split(separator: "{tag}", omittingEmptySubsequences: false).joined(separator: tag)
    }

    private static func router(_ files: StaticFiles) -> Router {
        var router = Router { try files.respond(to: $0) }
        for method in [Method.get, .post, .put, .patch, .delete] {
            router.on(method, "/echo", echo)
        }
        router.on(.get, "/echo/:part", echo)
        router.on(.post, "/refuse") { _ -> Response in throw HTTPError(.unauthorized, "no") }
        router.on(.post, "/ignore") { _ in Response(status: .ok) }
        router.on(.get, "/empty") { _ in Response(status: .ok) }
        router.on(.get, "/close") { _ in
            Response(status: .ok, headers: ["Connection": "close"])
        }
        router.on(.get, "/no-content") { _ in
            Response(status: .noContent, body: .bytes([1]))
        }
        router.on(.get, "/not-modified") { _ in
            Response(status: .notModified, body: .bytes([1]))
        }
        router.on(.get, "/stream") { _ in stream(length: nil) }
        router.on(.get, "/sized-stream") { _ in stream(length: 7) }
        return router
    }

    /// Gives back the content, and in fields what else was understood.
    private static let echo: Handler = { request in
        let content = try await request.body.collect(upTo: .max)
        var headers: HeaderFields = [
            "Content-Type": "application/octet-stream",
            "X-Method": request.method.rawValue,
            "X-Path": request.path,
        ]
        headers["X-Host"] = request.headers["Host"]
        headers["X-Part"] = request.parameters["part"]
        headers["X-Query"] = request.query["q"]
        headers["X-Value"] = request.headers.values(of: "X").map { "[\($0)]" }.joined()
        return Response(status: .ok, headers: headers, body: .bytes(content))
    }

    private static func stream(length: Int?) -> Response {
        let body = ResponseBody.stream(length: length) { writer in
            for word in ["one", " ", "two"] {
                try await writer.write(Array(word.utf8))
                await Task.yield()
            }
        }
        return Response(status: .ok, headers: ["Content-Type": "text/plain"], body: body)
    }
}
