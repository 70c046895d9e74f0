/// What a request is for (RFC 9112 §3.2): origin form, absolute form, or `*` for OPTIONS.
struct RequestTarget: Sendable {
    /// As it came.
    let raw: String

    /// The path, percent-decoded once.
    let path: String

    let query: QueryString

    /// The host and port of an absolute target.
    let authority: String?

    /// The parts of the path, where splitting the decoded one would cut them wrongly.
    private let escapedSegments: [String]?

    var hasEncodedSlash: Bool {
        escapedSegments?.contains { $0.utf8.contains(ASCII.slash) } ?? false
    }

    /// The parts of the path between slashes, each percent-decoded once.
    var segments: [String] {
        if let escapedSegments { return escapedSegments }
        guard path.utf8.first == ASCII.slash else { return [] }
        return path.utf8.dropFirst()
            .split(separator: ASCII.slash, omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
    }

    /// Reads a target of visible characters.
    init(_ target: Span<UInt8>, method: Method) throws(HTTPError) {
        if target.equals("*") {
            guard method == .options else {
                throw HTTPError(.badRequest, "The target * is for OPTIONS only.")
            }
            self.init(server: "*", authority: nil)
        } else if target[0] == ASCII.slash {
            try self.init(origin: target.text)
        } else {
            try self.init(absolute: target.text, method: method)
        }
    }

    init(origin: String) throws(HTTPError) {
        try self.init(raw: origin, pathAndQuery: origin[...], authority: nil)
    }

    /// The server as a whole, which only OPTIONS can ask about.
    private init(server raw: String, authority: String?) {
        self.raw = raw
        path = "*"
        query = .empty
        self.authority = authority
        escapedSegments = nil
    }

    private init(absolute: String, method: Method) throws(HTTPError) {
        guard
            let colon = absolute.utf8.firstIndex(of: ASCII.colon),
            case let scheme = absolute[..<colon].utf8,
            ASCII.equalIgnoringCase(scheme, "http".utf8)
                || ASCII.equalIgnoringCase(scheme, "https".utf8),
            case let rest = absolute[colon...].dropFirst(),
            rest.utf8.starts(with: "//".utf8)
        else { throw HTTPError(.badRequest, "The request target must be a path.") }
        guard ASCII.equalIgnoringCase(scheme, "http".utf8) else {
            // RFC 9110 §7.4.
            throw HTTPError(.misdirectedRequest, "This connection is not secured.")
        }
        let start = rest.dropFirst(2)
        let end =
            start.utf8.firstIndex { $0 == ASCII.slash || $0 == ASCII.question } ?? start.endIndex
        let authority = String(start[..<end])
        guard Authority.isValid(Array(authority.utf8)) else {
            throw HTTPError(.badRequest, "The host of the request target is malformed.")
        }
        let path = start[end...]
        // An empty path is the root, but to OPTIONS the server (RFC 9110 §4.2.3).
        if path.isEmpty, method == .options {
            self.init(server: absolute, authority: authority)
            return
        }
        let isRooted = path.utf8.first == ASCII.slash
        try self.init(
            raw: absolute,
            pathAndQuery: isRooted ? path : "/" + path,
            authority: authority
        )
    }

    private init(
        raw: String,
        pathAndQuery: Substring,
        authority: String?
    ) throws(HTTPError) {
        guard !pathAndQuery.utf8.contains(ASCII.hash) else {
            throw HTTPError(.badRequest, "The request target may not hold a fragment.")
        }
        let end = pathAndQuery.utf8.firstIndex(of: ASCII.question) ?? pathAndQuery.endIndex
        let rawPath = pathAndQuery[..<end]
        if rawPath.utf8.contains(ASCII.percent) {
            guard let path = PercentEncoding.decodePath(rawPath.utf8) else {
                throw HTTPError(.badRequest, "The path is not properly percent-encoded.")
            }
            self.path = path
            // A slash cuts neither an escape nor a character, so every part decodes if the whole
            // does.
            escapedSegments = rawPath.utf8.dropFirst()
                .split(separator: ASCII.slash, omittingEmptySubsequences: false)
                .compactMap { PercentEncoding.decodePath($0) }
        } else {
            // Most targets are nothing but a path.
            path = rawPath.utf8.count == raw.utf8.count ? raw : String(rawPath)
            escapedSegments = nil
        }
        if end < pathAndQuery.endIndex {
            guard let query = QueryString(pathAndQuery[end...].dropFirst()) else {
                throw HTTPError(.badRequest, "The query is not properly percent-encoded.")
            }
            self.query = query
        } else {
            query = .empty
        }
        self.raw = raw
        self.authority = authority
    }
}
