/// One place in the tree of routes: what may follow, and what answers here.
struct RouteNode: Sendable {
    private var literals: [String: RouteNode] = [:]
    /// The node after a `:name` part, if any; an array because a struct can't hold itself.
    private var parameter: [RouteNode] = []
    private var routes: [Method: Route] = [:]

    struct Route: Sendable {
        let parameterNames: [String]
        let responder: Responder
    }

    /// What a path leads to.
    struct Match {
        let routes: [Method: Route]
        let values: [String]
    }

    /// Adds a route for the rest of a pattern; false if there is one already.
    mutating func insert(_ route: Route, method: Method, pattern: ArraySlice<Substring>) -> Bool {
        guard let part = pattern.first else {
            return routes.updateValue(route, forKey: method) == nil
        }
        let rest = pattern.dropFirst()
        if part.utf8.first == ASCII.colon {
            if parameter.isEmpty { parameter.append(RouteNode()) }
            return parameter[0].insert(route, method: method, pattern: rest)
        }
        return literals[String(part), default: RouteNode()]
            .insert(route, method: method, pattern: rest)
    }

    /// Finds the routes of a path; a literal part is preferred to a parameter.
    func match(_ segments: ArraySlice<String>, values: [String] = []) -> Match? {
        guard let segment = segments.first else {
            return routes.isEmpty ? nil : Match(routes: routes, values: values)
        }
        let rest = segments.dropFirst()
        if let match = literals[segment]?.match(rest, values: values) { return match }
        guard !segment.isEmpty else { return nil }
        return parameter.first?.match(rest, values: values + [segment])
    }
}
