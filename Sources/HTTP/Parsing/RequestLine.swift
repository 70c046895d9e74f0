/// `method SP request-target SP HTTP-version` (RFC 9112 §3), read strictly.
struct RequestLine {
    let method: Method
    let target: RequestTarget
    let version: HTTPVersion

    /// Reads a line without its line ending.
    init(_ line: Span<UInt8>) throws(HTTPError) {
        guard
            let first = line.firstIndex(of: ASCII.space, from: 0),
            let second = line.firstIndex(of: ASCII.space, from: first + 1),
            line.firstIndex(of: ASCII.space, from: second + 1) == nil
        else {
            throw HTTPError(.badRequest, "The request line must be: method, target, version.")
        }
        let name = line.extracting(0..<first)
        let target = line.extracting(first + 1..<second)
        let version = line.extracting(second + 1..<line.count)

        guard !name.isEmpty, name.allSatisfy(ASCII.isToken) else {
            throw HTTPError(.badRequest, "The method is malformed.")
        }
        guard !target.isEmpty, target.allSatisfy(ASCII.isVisible) else {
            throw HTTPError(.badRequest, "The request target is malformed.")
        }
        self.version = try Self.version(version)
        guard let method = Method(name) else {
            throw HTTPError(.notImplemented, "This server does not know the method.")
        }
        self.method = method
        self.target = try RequestTarget(target, method: method)
    }

    private static func version(_ bytes: Span<UInt8>) throws(HTTPError) -> HTTPVersion {
        guard
            bytes.count == 8, bytes.extracting(0..<5).equals("HTTP/"),
            ASCII.isDigit(bytes[5]), bytes[6] == UInt8(ascii: "."), ASCII.isDigit(bytes[7])
        else { throw HTTPError(.badRequest, "The HTTP version is malformed.") }
        guard bytes[5] == UInt8(ascii: "1") else {
            throw HTTPError(.httpVersionNotSupported, "This server speaks HTTP/1.1.")
        }
        return bytes[7] == ASCII.zero ? .http10 : .http11
    }
}
