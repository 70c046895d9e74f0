/// Serves the files of one folder; a path that ends in a slash means its `index.html`.
package struct StaticFiles: Sendable {
    private static let methods: Set<Method> = [.get, .head, .options]

    private let tree: FileTree
    private let cacheControl: String

    /// Opens the folder once: it throws if there is none, and a folder renamed into its place
    /// later is seen only after a restart.
    package init(root: String, cacheControl: String = "no-cache") throws(FileError) {
        tree = try FileTree(root: root)
        self.cacheControl = cacheControl
    }

    /// Answers GET and HEAD, and OPTIONS with `Allow`; throws 404 and 405.
    ///
    /// Opening and reading block the event loop when the disk does.
    package func respond(to request: Request) async throws(HTTPError) -> Response {
        if request.method == .options { return Router.options(Self.methods) }
        guard Self.methods.contains(request.method) else {
            throw .methodNotAllowed(allow: Self.methods)
        }
        var segments = request.segments
        if segments.last == "" { segments[segments.count - 1] = "index.html" }
        let file: OpenFile
        do {
            file = try tree.open(segments)
        } catch {
            throw error.httpError
        }
        return try FileResponse.respond(
            to: request,
            file: file,
            contentType: MIMEType.forFile(named: segments.last ?? ""),
            headers: ["Cache-Control": cacheControl]
        )
    }
}
