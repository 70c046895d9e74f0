/// Something done around every request: before its handler, after it, or instead of it.
package struct Middleware: Sendable {
    package typealias Wrap = @Sendable (Request, _ next: Handler) async throws -> Response

    private let wrap: Wrap

    package init(_ wrap: @escaping Wrap) {
        self.wrap = wrap
    }

    package func wrapping(_ handler: @escaping Handler) -> Handler {
        { [wrap] request in try await wrap(request, handler) }
    }

    /// Wraps a handler in several, the first outermost.
    package static func chain(_ all: [Middleware], around handler: @escaping Handler) -> Handler {
        all.reversed().reduce(handler) { $1.wrapping($0) }
    }
}
