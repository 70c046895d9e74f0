/// A complete, valid request head, and how its body is framed.
final class RequestHead: Sendable {
    let method: Method
    let target: RequestTarget
    let version: HTTPVersion
    let headers: HeaderFields
    let framing: BodyFraming

    /// Whether the client waits for 100 (Continue) before it sends the body (RFC 9110 §10.1.1).
    let expectsContinue: Bool

    /// Whether the client would keep the connection (RFC 9112 §9.3).
    let keepsAlive: Bool

    /// Checks what only the fields together can tell.
    init(
        line: RequestLine,
        headers received: HeaderFields,
        limits: ParserLimits
    ) throws(HTTPError) {
        var headers = received
        try Self.checkHost(headers, version: line.version)
        // The target's authority overrides Host (RFC 9112 §3.2.2).
        if let authority = line.target.authority { headers["Host"] = authority }

        method = line.method
        target = line.target
        version = line.version
        framing = try BodyFraming(headers: headers, version: line.version, limit: limits.body)
        switch line.version {
        case .http10:
            keepsAlive =
                headers.hasToken("keep-alive", in: "Connection")
                && !headers.hasToken("close", in: "Connection")
            // An expectation in a 1.0 message is ignored.
            expectsContinue = false
        case .http11:
            keepsAlive = !headers.hasToken("close", in: "Connection")
            expectsContinue = try Self.expectsContinue(headers) && framing != .none
        }
        self.headers = headers
    }

    /// Makes a head from values, for handlers' tests.
    init(method: Method, target: RequestTarget, headers: HeaderFields) {
        self.method = method
        self.target = target
        self.headers = headers
        version = .http11
        framing = .none
        expectsContinue = false
        keepsAlive = true
    }

    private static func checkHost(
        _ headers: HeaderFields,
        version: HTTPVersion
    ) throws(HTTPError) {
        guard !headers.repeats("Host") else {
            throw HTTPError(.badRequest, "The Host field may be given only once.")
        }
        guard let isValid = headers.withValue(of: "Host", Authority.isValid) else {
            if version == .http10 { return }
            throw HTTPError(.badRequest, "The Host field is missing.")
        }
        guard isValid else { throw HTTPError(.badRequest, "The Host field is malformed.") }
    }

    private static func expectsContinue(_ headers: HeaderFields) throws(HTTPError) -> Bool {
        guard let list = headers.combined("Expect") else { return false }
        let expectations = list.utf8.split(separator: ASCII.comma)
            .map { ASCII.trim($0) }
            .filter { !$0.isEmpty }
        let isMet = expectations.allSatisfy { ASCII.equalIgnoringCase($0, "100-continue".utf8) }
        guard isMet else {
            throw HTTPError(.expectationFailed, "The only expectation met here is 100-continue.")
        }
        return !expectations.isEmpty
    }
}
