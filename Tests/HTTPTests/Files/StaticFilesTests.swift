import HTTP
import TestSupport
import Testing

@Suite("Static files")
struct StaticFilesTests {
    private let folder: TemporaryFolder
    private let files: StaticFiles

    init() throws {
        folder = try TemporaryFolder()
        try folder.makeFolder("public")
        try folder.makeFolder("public/sub")
        try folder.write(Array("<p>home".utf8), to: "public/index.html")
        try folder.write(Array("<p>sub".utf8), to: "public/sub/index.html")
        try folder.write(Array("a b".utf8), to: "public/a b.JS")
        try folder.write(Array("secret".utf8), to: "secret.txt")
        files = try StaticFiles(root: "\(folder.path)/public")
    }

    @Test(
        "Serves files with their types",
        arguments: [
            ("/", "text/html; charset=utf-8"),
            ("/index.html", "text/html; charset=utf-8"),
            ("/sub/", "text/html; charset=utf-8"),
            ("/a%20b.JS", "text/javascript; charset=utf-8"),
        ]
    )
    func serves(_ target: String, _ type: String) throws {
        let response = try files.respond(to: Request(method: .get, target: target))
        #expect(response.status == .ok)
        #expect(response.headers["Content-Type"] == type)
        #expect(response.headers["Cache-Control"] == "no-cache")
    }

    @Test(
        "No path trick leaves the folder",
        arguments: [
            "/../secret.txt", "/%2e%2e/secret.txt", "/%2e%2e%2fsecret.txt", "/..%2fsecret.txt",
            "/sub/../../secret.txt", "/sub%2findex.html", "/..%5csecret.txt", "/..\\secret.txt",
            "//etc/passwd", "/sub", "/index.html/", "/.", "/..", "/%252e%252e/secret.txt",
        ]
    )
    func confines(_ target: String) throws {
        let request = try Request(method: .get, target: target)
        let error = #expect(throws: HTTPError.self) { try files.respond(to: request) }
        #expect(error?.status == .notFound)
    }

    @Test("Only GET and HEAD, and OPTIONS says so")
    func methods() throws {
        let options = try files.respond(to: Request(method: .options, target: "/"))
        #expect(options.status == .noContent)
        #expect(options.headers["Allow"] == "GET, HEAD, OPTIONS")

        let request = try Request(method: .post, target: "/")
        let error = #expect(throws: HTTPError.self) { try files.respond(to: request) }
        #expect(error?.status == .methodNotAllowed)
        #expect(error?.headers["Allow"] == "GET, HEAD, OPTIONS")
    }
}
