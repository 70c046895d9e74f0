/// Which pages of other origins may call the server and read its answers (Fetch §3.2).
package struct CORSPolicy: Sendable {
    /// Origins as browsers write them: scheme, host, and a port that isn't the scheme's own.
    package var allowedOrigins: Set<String>

    package var allowedMethods: [Method] = [.get, .head, .post]

    /// Request fields beyond those that need no leave.
    package var allowedHeaders: [String] = []

    /// Response fields that pages may read beyond those that need no leave.
    package var exposedHeaders: [String] = []

    /// Whether cookies and the like count in calls from the allowed origins.
    package var allowsCredentials = false

    /// How long a browser may remember a pre-flight's answer, in whole seconds; nil for its own.
    package var maxAge: Duration?

    package init(allowedOrigins: Set<String>) {
        self.allowedOrigins = allowedOrigins
    }

    /// Answers pre-flight requests of allowed origins, and marks the answers they may read.
    package var middleware: Middleware {
        guard !allowedOrigins.isEmpty else { return Middleware() }
        return Middleware(
            receive: { request in
                isPreflight(request) && allowedOrigin(of: request) != nil
                    ? Response(status: .noContent) : nil
            },
            send: { request, response in
                response.varyByOrigin()
                guard let origin = allowedOrigin(of: request) else { return }
                response.headers["Access-Control-Allow-Origin"] = origin
                if allowsCredentials {
                    response.headers["Access-Control-Allow-Credentials"] = "true"
                }
                if isPreflight(request) {
                    addPreflightFields(to: &response.headers)
                } else if !exposedHeaders.isEmpty {
                    let names = exposedHeaders.joined(separator: ", ")
                    response.headers["Access-Control-Expose-Headers"] = names
                }
            }
        )
    }

    private func allowedOrigin(of request: Request) -> String? {
        request.headers["Origin"].flatMap { allowedOrigins.contains($0) ? $0 : nil }
    }

    private func isPreflight(_ request: Request) -> Bool {
        request.method == .options && request.headers.contains("Access-Control-Request-Method")
    }

    private func addPreflightFields(to headers: inout HeaderFields) {
        headers["Access-Control-Allow-Methods"] =
            allowedMethods.map(\.rawValue).joined(separator: ", ")
        if !allowedHeaders.isEmpty {
            headers["Access-Control-Allow-Headers"] = allowedHeaders.joined(separator: ", ")
        }
        if let maxAge {
            headers["Access-Control-Max-Age"] = String(maxAge.components.seconds)
        }
    }
}

extension Response {
    /// Says that another origin may get another answer, so that no cache mixes them up (RFC 9110
    /// §12.5.5).
    fileprivate mutating func varyByOrigin() {
        guard !headers.hasToken("Origin", in: "Vary") else { return }
        headers["Vary"] = headers.combined("Vary").map { $0 + ", Origin" } ?? "Origin"
    }
}
