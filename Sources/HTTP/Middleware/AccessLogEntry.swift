/// What one request came to, for a log.
package struct AccessLogEntry: Sendable {
    package let request: Request

    /// Nil if the handler threw.
    package let status: Status?

    /// Bytes of the response's body, nil if not known beforehand.
    package let length: Int?

    /// From the request's head to the response's; sending the body takes longer.
    package let duration: Duration
}

extension Middleware {
    /// Reports every request once its response is known.
    package static func accessLog(
        _ report: @escaping @Sendable (AccessLogEntry) -> Void
    ) -> Middleware {
        Middleware { request, next in
            let start = ContinuousClock.now
            func finish(_ response: Response?) {
                report(
                    AccessLogEntry(
                        request: request,
                        status: response?.status,
                        length: response?.body.length,
                        duration: ContinuousClock.now - start
                    )
                )
            }
            do {
                let response = try await next(request)
                finish(response)
                return response
            } catch {
                finish(nil)
                throw error
            }
        }
    }
}
