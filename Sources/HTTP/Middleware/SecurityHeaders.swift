extension Middleware {
    /// Keeps a browser from guessing types, and from more where it might run what it is given.
    ///
    /// `X-Content-Type-Options` goes with every answer. The rest, the `Content-Security-Policy` among
    /// it, rules documents alone, so only HTML and SVG carry it: elsewhere it would be bytes without
    /// a meaning.
    package static func securityHeaders(contentSecurityPolicy: String) -> Middleware {
        let all: HeaderFields = ["X-Content-Type-Options": "nosniff"]
        let documents: HeaderFields = [
            "Content-Security-Policy": contentSecurityPolicy,
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer",
        ]
        return Middleware(send: { _, response in
            response.headers.addMissing(all)
            if isDocument(response) { response.headers.addMissing(documents) }
        })
    }

    /// Whether a browser would show it as a document, which can hold scripts.
    private static func isDocument(_ response: Response) -> Bool {
        response.headers.withValue(of: "Content-Type") { type in
            let essence = ASCII.trim(type.prefix { $0 != ASCII.semicolon })
            return ASCII.equalIgnoringCase(essence, "text/html".utf8)
                || ASCII.equalIgnoringCase(essence, "image/svg+xml".utf8)
        } ?? false
    }
}
