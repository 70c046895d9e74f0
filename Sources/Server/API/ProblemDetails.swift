import HTTP

/// An error as the API tells it (RFC 9457), with a short `error` for those who match strings.
struct ProblemDetails: Encodable {
    let type = "about:blank"
    let title: String
    let status: Int
    let detail: String
    let instance: String?
    let error: String

    init(_ error: HTTPError, instance: String?) {
        title = error.status.reason
        status = error.status.code
        detail = error.detail
        self.instance = instance
        self.error = error.status.reason.lowercased().replacing(" ", with: "_")
    }

    static func response(to error: HTTPError, _ request: Request?) -> Response {
        let problem = ProblemDetails(error, instance: request?.path)
        let response = try? JSONBody.response(
            error.status,
            problem,
            headers: error.headers,
            contentType: "application/problem+json"
        )
        return response ?? Response(status: error.status, headers: error.headers)
    }
}
