/// Chooses the handler by path and method.
///
/// GET routes answer HEAD too, OPTIONS is answered by itself, and a known path with another
/// method is 405 with `Allow` (RFC 9110 §9.3, §15.5.6).
package struct Router: Sendable {
    private var root = RouteNode()
    private let notFound: ImmediateHandler

    /// `notFound` answers every path without a route: files, for instance.
    package init(
        notFound: @escaping ImmediateHandler = { _ in
            throw HTTPError(.notFound, "There is nothing at this address.")
        }
    ) {
        self.notFound = notFound
    }

    /// Adds a route. In a pattern such as `/api/videos/:id`, a part that begins with a colon
    /// matches any one part of a path that isn't empty.
    package mutating func on(_ method: Method, _ pattern: String, _ handler: @escaping Handler) {
        insert(method, pattern) { request in .later { try await handler(request) } }
    }

    /// Adds a route whose handler never suspends.
    package mutating func on(
        _ method: Method,
        _ pattern: String,
        _ handler: @escaping ImmediateHandler
    ) {
        insert(method, pattern) { request in .now(try handler(request)) }
    }

    /// Adds a route whose handler sometimes has to wait.
    package mutating func on(
        _ method: Method,
        _ pattern: String,
        _ responder: @escaping Responder
    ) {
        insert(method, pattern, responder)
    }

    private mutating func insert(
        _ method: Method,
        _ pattern: String,
        _ responder: @escaping Responder
    ) {
        precondition(pattern.utf8.first == ASCII.slash, "a pattern begins with a slash")
        let parts = pattern.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        let names = parts.filter { $0.first == ":" }.map { String($0.dropFirst()) }
        let route = RouteNode.Route(parameterNames: names, responder: responder)
        let isNew = root.insert(route, method: method, pattern: parts[...])
        precondition(isNew, "two routes for \(method.rawValue) \(pattern)")
    }

    /// The answer of the route that fits a request.
    package func answer(to request: Request) throws -> Answer<any Error> {
        if request.path == "*" { return .now(Self.options(Set(Method.allCases))) }
        guard let match = root.match(request.segments[...]) else {
            return .now(try notFound(request))
        }
        guard let route = Self.route(for: request.method, in: match) else {
            let allowed = Self.allowed(match)
            if request.method == .options { return .now(Self.options(allowed)) }
            throw HTTPError.methodNotAllowed(allow: allowed)
        }
        var request = request
        request.parameters = PathParameters(names: route.parameterNames, values: match.values)
        return try route.responder(request)
    }

    private static func route(for method: Method, in match: RouteNode.Match) -> RouteNode.Route? {
        match.routes[method] ?? (method == .head ? match.routes[.get] : nil)
    }

    private static func allowed(_ match: RouteNode.Match) -> Set<Method> {
        var methods = Set(match.routes.keys)
        if methods.contains(.get) { methods.insert(.head) }
        methods.insert(.options)
        return methods
    }

    /// The answer to OPTIONS (RFC 9110 §9.3.7).
    static func options(_ allowed: Set<Method>) -> Response {
        Response(status: .noContent, headers: ["Allow": Method.list(allowed)])
    }
}
