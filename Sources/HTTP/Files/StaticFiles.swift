/// Serves the files of one folder; a path that ends in a slash means its `index.html`.
package struct StaticFiles: Sendable {
    /// How many descriptors it may hold beside those of files that are being sent.
    package static let mostKeptOpen = OpenFileCache.limit

    private static let methods: Set<Method> = [.get, .head, .options]

    private let tree: FileTree
    private let headers: HeaderFields

    /// Opens the folder once: it throws if there is none, and a folder renamed into its place
    /// later is seen only after a restart.
    package init(root: String, cacheControl: String = "no-cache") throws(FileError) {
        tree = try FileTree(root: root)
        headers = ["Cache-Control": cacheControl]
    }

    /// Answers GET and HEAD, and OPTIONS with `Allow`; throws 404 and 405.
    ///
    /// Opening and reading block the event loop when the disk does.
    package func respond(to request: Request) throws(HTTPError) -> Response {
        if request.method == .options { return Router.options(Self.methods) }
        guard Self.methods.contains(request.method) else {
            throw .methodNotAllowed(allow: Self.methods)
        }
        // The parts of a name may hold no slash of their own.
        guard !request.hasEncodedSlash else { throw FileError.notFound.httpError }
        var path = String(request.path.utf8.dropFirst()) ?? ""
        if path.isEmpty || path.utf8.last == ASCII.slash { path += "index.html" }
        let file: OpenFile
        do {
            file = try tree.open(path)
        } catch {
            throw error.httpError
        }
        return try FileResponse.respond(
            to: request,
            file: file,
            contentType: MIMEType.forFile(named: path),
            headers: headers
        )
    }
}
