extension Middleware {
    /// Adds fields to every response that doesn't carry them itself.
    package static func defaultHeaders(_ headers: HeaderFields) -> Middleware {
        Middleware { request, next in
            var response = try await next(request)
            for (name, value) in headers where !response.headers.contains(name) {
                response.headers.append(name, value)
            }
            return response
        }
    }

    /// The fields that keep a browser from guessing types, framing pages and leaking addresses.
    package static let securityHeaders = defaultHeaders([
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
    ])
}
