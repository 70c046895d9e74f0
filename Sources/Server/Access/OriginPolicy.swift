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
        Middleware { request, next in
            try checkHost(request)
            let origin = request.headers["Origin"]
            let isListed = origin.map(allowed.contains) ?? false
            if let origin, !isListed { try checkOwn(origin, request) }
            let isPreflight =
                isListed && request.method == .options
                && request.headers.contains("Access-Control-Request-Method")
            var response =
                isPreflight ? Response(status: .noContent) : try await next(request)
            // Without an Origin too: a cache could give that answer to a listed page (Fetch, "CORS
            // protocol and HTTP caches").
            if !allowed.isEmpty { response.headers.append("Vary", "Origin") }
            if let origin, isListed { allow(origin, isPreflight, &response.headers) }
            return response
        }
    }

    private func allow(_ origin: String, _ isPreflight: Bool, _ headers: inout HeaderFields) {
        headers["Access-Control-Allow-Origin"] = origin
        headers["Access-Control-Allow-Credentials"] = "true"
        headers["Access-Control-Expose-Headers"] =
            "Accept-Ranges, Content-Disposition, Content-Range, ETag, Link, Location, Retry-After, "
            + "X-Total-Count"
        if isPreflight {
            headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST, PATCH, DELETE"
            headers["Access-Control-Allow-Headers"] =
                "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, If-Range, "
                + "Prefer, Range, X-API-Key"
            headers["Access-Control-Max-Age"] = "600"
        }
    }

    private func checkHost(_ request: Request) throws(HTTPError) {
        guard isLoopbackOnly, let host = request.headers["Host"] else { return }
        let name = Self.name(ofHost: host)
        guard Loopback.contains(name) else {
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
        return String(host.prefix { $0 != ":" }).lowercased()
    }
}
