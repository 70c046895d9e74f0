extension Middleware {
    /// Keeps a browser from guessing types, and from more where it might run what it is given.
    ///
    /// `X-Content-Type-Options` goes with every answer. The rest, the `Content-Security-Policy` among
    /// it, rules documents alone, so only HTML and SVG carry it: elsewhere it would be bytes without
    /// a meaning.
    package static func securityHeaders(contentSecurityPolicy: String) -> Middleware {
        Middleware { request, next in
            var response = try await next(request)
            response.headers.addMissing("X-Content-Type-Options", "nosniff")
            if isDocument(response) {
                response.headers.addMissing("Content-Security-Policy", contentSecurityPolicy)
                response.headers.addMissing("X-Frame-Options", "DENY")
                response.headers.addMissing("Referrer-Policy", "no-referrer")
            }
            return response
        }
    }

    /// Whether a browser would show it as a document, which can hold scripts.
    private static func isDocument(_ response: Response) -> Bool {
        guard let type = response.headers["Content-Type"] else { return false }
        let essence = ASCII.trim(type.utf8.prefix { $0 != ASCII.semicolon })
        return ["text/html", "image/svg+xml"].contains {
            ASCII.equalIgnoringCase(essence, $0.utf8)
        }
    }
}

extension HeaderFields {
    fileprivate mutating func addMissing(_ name: String, _ value: String) {
        if !contains(name) { append(name, value) }
    }
}
