extension Middleware {
    /// Adds fields to every response that doesn't carry them itself.
    package static func defaultHeaders(_ headers: HeaderFields) -> Middleware {
        Middleware(send: { _, response in response.headers.addMissing(headers) })
    }

    /// The fields that keep a browser from guessing types, framing pages and leaking addresses.
    package static let securityHeaders = defaultHeaders([
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
    ])
}
