import HTTP

/// Keeps web pages of other origins from driving the server, and lets in those that are listed.
///
/// A browser sends a plain POST anywhere, and its Origin with it (RFC 6454 §7); by rebinding a DNS
/// name a page can even read the answers of a server on loopback, whose Host is then that name.
struct OriginPolicy: Sendable {
    let allowed: [String]
    /// Only loopback names count as this server's own.
    let isLoopbackOnly: Bool

    var middleware: Middleware {
        Middleware(
            receive: { request in
                try checkHost(request)
                guard let origin = request.headers["Origin"] else { return nil }
                guard allowed.contains(origin) else {
                    try checkOwn(origin, request)
                    return nil
                }
                return isPreflight(request) ? Response(status: .noContent) : nil
            },
            send: { request, response in
                guard let origin = request.headers["Origin"], allowed.contains(origin) else {
                    return
                }
                response.headers["Access-Control-Allow-Origin"] = origin
                response.headers["Access-Control-Allow-Credentials"] = "true"
                response.headers["Access-Control-Expose-Headers"] =
                    "Link, Location, Retry-After, X-Total-Count"
                response.headers["Vary"] = "Origin"
                guard isPreflight(request) else { return }
                response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST, PATCH, DELETE"
                response.headers["Access-Control-Allow-Headers"] =
                    "Authorization, Content-Type, Idempotency-Key, Prefer, Range, X-API-Key"
                response.headers["Access-Control-Max-Age"] = "600"
            }
        )
    }

    private func isPreflight(_ request: Request) -> Bool {
        request.method == .options && request.headers.contains("Access-Control-Request-Method")
    }

    private func checkHost(_ request: Request) throws(HTTPError) {
        guard isLoopbackOnly, let host = request.headers["Host"] else { return }
        let name = Self.name(ofHost: host)
        guard Loopback.contains(name) || Loopback.contains(name.lowercased()) else {
            throw HTTPError(
                .forbidden,
                "This server answers to localhost only: without API_KEY no other name is served."
            )
        }
    }

    private func checkOwn(_ origin: String, _ request: Request) throws(HTTPError) {
        let isSafe = [.get, .head, .options].contains(request.method)
        let own = request.headers["Host"].map { ["http://\($0)", "https://\($0)"] } ?? []
        guard isSafe || own.contains(origin) else {
            throw HTTPError(
                .forbidden,
                "Pages of this origin may not do that: list it in CORS_ORIGINS to allow it."
            )
        }
    }

    /// A Host field without its port.
    private static func name(ofHost host: String) -> String {
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") {
            return String(host[host.index(after: host.startIndex)..<end])
        }
        let end = host.utf8.firstIndex(of: UInt8(ascii: ":")) ?? host.endIndex
        return String(host[..<end])
    }
}
