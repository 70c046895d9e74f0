/// A camera's URL as people write it: with a password whose `/ ? # @ : %` nobody has escaped.
struct CameraURL: Sendable, Hashable {
    /// `rtsp://`
    let scheme: String
    /// User name and password as they stand there (RFC 3986 §3.2.1); nil if there are none.
    let userInformation: String?
    /// Host, port, path and query.
    let rest: String

    /// Nil for what is no URL.
    init?(_ url: String) {
        guard let mark = url.firstRange(of: "://") else { return nil }
        scheme = String(url[..<mark.upperBound])
        let text = url[mark.upperBound...]
        guard let at = Self.lastAt(in: text) else {
            (userInformation, rest) = (nil, String(text))
            return
        }
        userInformation = String(text[..<at])
        rest = String(text[text.index(after: at)...])
    }

    /// The `@` before the host.
    ///
    /// Strictly it is the last one before the first `/`, `?` or `#`. A later one ends a careless
    /// password, unless what stands before that `/` can only be a host.
    private static func lastAt(in text: Substring) -> Substring.Index? {
        let authority = text.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let strict = authority.lastIndex(of: "@")
        guard let last = text.lastIndex(of: "@"), last != strict else { return strict }
        let host = strict.map { text[text.index(after: $0)..<authority.endIndex] } ?? authority
        return isHost(host, alone: strict == nil) ? strict : last
    }

    /// Whether a text is a host for sure, perhaps with a port, and no part of a user name and password.
    ///
    /// - Parameter alone: no `@` precedes it.
    private static func isHost(_ text: Substring, alone: Bool) -> Bool {
        // `[2001:db8::7]:554`
        if text.hasPrefix("[") { return text.contains("]") }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let hasPort = parts.count == 2 && UInt16(parts[1]) != nil
        guard parts.count == 1 || hasPort, let name = parts.first else { return false }
        // A user name without a password holds no slash; `admin:12/34@host` does.
        if alone && parts.count == 1 { return true }
        return name.contains(".")
    }

    /// Whether it holds a user name.
    var hasUser: Bool { userInformation?.isEmpty == false }

    /// The URL with its user information escaped, so that every program reads it alike.
    ///
    /// `%` before two hexadecimal digits is taken for an escape that is there already.
    var escaped: String {
        scheme + (escapedInformation.map { $0 + "@" } ?? "") + rest
    }

    var escapedInformation: String? {
        userInformation.map { information in
            // The first colon divides the name from the password (RFC 3986 §3.2.1).
            let parts = information.split(
                separator: ":",
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            return parts.map { Self.escape($0) }.joined(separator: ":")
        }
    }

    private static func escape(_ text: Substring) -> String {
        let bytes = Array(text.utf8)
        var escaped: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            let isEscape =
                byte == UInt8(ascii: "%") && index + 2 < bytes.count
                && bytes[index + 1...index + 2].allSatisfy { hexadecimal.contains($0) }
            if isEscape || allowed.contains(byte) {
                escaped.append(byte)
            } else {
                let digits = Array("0123456789ABCDEF".utf8)
                escaped += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    private static let hexadecimal = Set("0123456789ABCDEFabcdef".utf8)
    /// Unreserved characters and sub-delimiters.
    private static let allowed = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=".utf8
    )
}
