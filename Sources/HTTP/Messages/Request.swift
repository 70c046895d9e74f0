/// One request, its head complete and its body still to be read.
package struct Request: Sendable {
    package let method: Method
    package let version: HTTPVersion
    package let headers: HeaderFields

    /// What the route's `:name` parts matched; empty until a router has matched.
    package var parameters: PathParameters = [:]

    /// The peer's numeric address, without its port.
    package let remoteAddress: String

    package let body: RequestBody

    /// What it is called in the log: the client's `X-Request-Id` if that is fit, else a new one.
    package let id: String

    private let target: RequestTarget

    /// The path, percent-decoded once. An encoded slash looks like any other here: to tell them
    /// apart use ``segments``.
    package var path: String { target.path }

    package var query: QueryString { target.query }

    /// The path and query as they came, for logs.
    package var rawTarget: String { target.raw }

    /// The parts of the path between slashes, each percent-decoded once, so that a `/` inside one
    /// was written `%2F`.
    package var segments: [String] { target.segments }

    /// Makes a request from values, for handlers' tests; the target is in origin form.
    package init(
        method: Method,
        target: String,
        headers: HeaderFields = [:],
        body: RequestBody = .empty,
        remoteAddress: String = "127.0.0.1"
    ) throws(HTTPError) {
        self.method = method
        self.target = try RequestTarget(origin: target)
        self.headers = headers
        self.body = body
        self.remoteAddress = remoteAddress
        id = RequestID.accept(headers[RequestID.field]) ?? RequestID.make()
        version = .http11
    }

    init(head: RequestHead, body: RequestBody, remoteAddress: String) {
        method = head.method
        version = head.version
        target = head.target
        headers = head.headers
        self.body = body
        self.remoteAddress = remoteAddress
        id = RequestID.accept(headers[RequestID.field]) ?? RequestID.make()
    }
}
