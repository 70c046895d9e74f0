/// A response, or the promise of one.
package enum Answer<Failure: Error>: Sendable {
    case now(Response)

    /// Runs in a task on the connection's event loop.
    case later(@Sendable () async throws(Failure) -> Response)
}

extension Answer {
    /// Waits for the response, wherever that may be done.
    package func response() async throws(Failure) -> Response {
        switch self {
        case .now(let response): response
        case .later(let work): try await work()
        }
    }
}
