/// One request, its head complete and its body still to be read.
package struct Request: Sendable {
    /// Shared, so that handing a request on costs little.
    private let head: RequestHead
    private let peer: PeerAddress

    package let body: RequestBody

    /// What the route's `:name` parts matched; empty until a router has matched.
    package var parameters: PathParameters = [:]

    package var method: Method { head.method }
    package var version: HTTPVersion { head.version }
    package var headers: HeaderFields { head.headers }

    /// The path, percent-decoded once. An encoded slash looks like any other here: to tell them
    /// apart use ``segments``.
    package var path: String { head.target.path }

    package var query: QueryString { head.target.query }

    /// The path and query as they came, for logs.
    package var rawTarget: String { head.target.raw }

    /// The parts of the path between slashes, each percent-decoded once, so that a `/` inside one
    /// was written `%2F`.
    package var segments: [String] { head.target.segments }

    /// The peer's numeric address, without its port.
    package var remoteAddress: String { peer.text }

    /// Whether the path holds a slash that was written `%2F`, which ends no part of it.
    var hasEncodedSlash: Bool { head.target.hasEncodedSlash }

    /// Makes a request from values, for handlers' tests; the target is in origin form.
    package init(
        method: Method,
        target: String,
        headers: HeaderFields = [:],
        body: RequestBody = .empty
    ) throws(HTTPError) {
        head = RequestHead(
            method: method,
            target: try RequestTarget(origin: target),
            headers: headers
        )
        self.body = body
        peer = .loopback
    }

    init(head: RequestHead, body: RequestBody, peer: PeerAddress) {
        self.head = head
        self.body = body
        self.peer = peer
    }
}
