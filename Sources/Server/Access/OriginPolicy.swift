import HTTP

/// Keeps web pages of other origins from driving the server, and lets in those that are listed.
///
/// A browser sends a plain POST anywhere, and its Origin with it (RFC 6454 §7); by rebinding a DNS
/// name a page can even read the answers of a server on loopback, whose Host is then that name.
struct OriginPolicy: Sendable {
    let allowed: [String]
    /// Only loopback names count as this server's own.
    let isLoopbackOnly: Bool

    /// Turns away what a page of another origin may not ask for.
    var middleware: Middleware {
        Middleware(receive: { request in
            try checkHost(request)
            try checkOrigin(request)
            return nil
        })
    }

    /// Lets pages of the listed origins read the answers.
    var cors: CORSPolicy {
        var policy = CORSPolicy(allowedOrigins: Set(allowed))
        policy.allowedMethods = [.get, .head, .post, .patch, .delete]
        policy.allowedHeaders = [
            "Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID", "Prefer", "Range",
            "X-API-Key", "X-Request-Id",
        ]
        policy.exposedHeaders = [
            "Idempotent-Replayed", "Link", "Location", "Preference-Applied", "Retry-After",
            "X-Request-Id", "X-Total-Count",
        ]
        policy.allowsCredentials = true
        policy.maxAge = .seconds(600)
        return policy
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

    private func checkOrigin(_ request: Request) throws(HTTPError) {
        guard let origin = request.headers["Origin"], !allowed.contains(origin) else { return }
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
