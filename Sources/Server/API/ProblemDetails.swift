import HTTP

/// An error as the API tells it (RFC 9457), with a short `error` for those who match strings.
struct ProblemDetails: Encodable {
    let type = "about:blank"
    let title: String
    let status: Int
    let detail: String
    let instance: String?
    let error: String
    /// The id of the clip that stands in the way.
    let clip: String?

    init(_ error: HTTPError, instance: String?, clip: String? = nil) {
        title = error.status.reason
        status = error.status.code
        detail = error.detail
        self.instance = instance
        self.error = error.status.reason.lowercased().replacing(" ", with: "_")
        self.clip = clip
    }

    static func response(to error: HTTPError, _ request: Request?) -> Response {
        response(to: error, request, clip: nil)
    }

    static func response(to error: HTTPError, _ request: Request?, clip: String?) -> Response {
        let problem = ProblemDetails(error, instance: request?.path, clip: clip)
        let response = try? JSONBody.response(
            error.status,
            problem,
            headers: error.headers,
            contentType: "application/problem+json"
        )
        return response ?? Response(status: error.status, headers: error.headers)
    }
}
