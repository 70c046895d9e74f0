import HTTP

/// Lets a request through only with a key that allows what it asks, where keys are set.
struct AccessControl: Sendable {
    let keys: APIKeys
    let sessions: Sessions

    var middleware: Middleware {
        Middleware(receive: { request in
            try check(request)
            return nil
        })
    }

    private func check(_ request: Request) throws(HTTPError) {
        guard !keys.isEmpty, let need = need(of: request) else { return }
        guard let key = key(of: request), keys.contains(key) else {
            throw HTTPError(
                .unauthorized,
                "This needs a key: send it as \"Authorization: Bearer KEY\" or \"X-API-Key: KEY\".",
                headers: ["WWW-Authenticate": "Bearer realm=\"hindsight\""]
            )
        }
        guard keys.allows(key, need) else {
            throw HTTPError(.forbidden, "This key does not allow that: use one from API_KEY.")
        }
    }

    /// What a request needs; nil for the page's files and for signing in.
    private func need(of request: Request) -> APIKeys.Need? {
        switch (request.method, request.path) {
        case (_, "/api/session"), (.options, _): nil
        case (.post, "/api/store"): .trigger
        case (_, let path) where !path.hasPrefix("/api/") && path != "/metrics": nil
        case (.get, _), (.head, _): .read
        default: .everything
        }
    }

    private func key(of request: Request) -> String? {
        if let key = request.headers["X-API-Key"] { return key }
        if let field = request.headers["Authorization"] {
            let words = field.split(separator: " ", maxSplits: 1)
            if words.count == 2, words[0].lowercased() == "bearer" { return String(words[1]) }
        }
        return request.headers["Cookie"].flatMap(sessions.key)
    }
}
