/// What must never be shown of a camera's URL: the user information (RFC 3986 §3.2.1) and the query,
/// where some cameras take their password.
package struct Secrets: Sendable {
    private let parts: [String]

    package init(of source: CameraSource) {
        switch source {
        case .rtsp(let url), .http(let url): parts = Self.find(in: url)
        case .usb, .file, .testPattern: parts = []
        }
    }

    /// `text` with every secret replaced by `***`.
    package func redact(_ text: String) -> String {
        parts.reduce(text) { Self.replace($1, in: $0) }
    }

    private static func find(in url: String) -> [String] {
        var parts: [String] = []
        let bytes = Array(url.utf8)
        guard let scheme = url.range(of: "://") else { return [] }
        let start = url.utf8.distance(from: url.startIndex, to: scheme)
        let authority = bytes[start...].prefix {
            $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?")
        }
        // The last @: a password may hold one although it should be percent-encoded.
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
            let information = authority[..<at]
            parts.append(String(decoding: information, as: UTF8.self))
            if let colon = information.firstIndex(of: UInt8(ascii: ":")) {
                parts.append(String(decoding: information[(colon + 1)...], as: UTF8.self))
            }
        }
        if let mark = bytes[start...].firstIndex(of: UInt8(ascii: "?")) {
            parts.append(String(decoding: bytes[(mark + 1)...], as: UTF8.self))
        }
        return parts.filter { !$0.isEmpty }
    }

    private static func replace(_ secret: String, in text: String) -> String {
        text.replacing(secret, with: "***")
    }
}

extension String {
    /// The index just past the first occurrence of `pattern`.
    fileprivate func range(of pattern: String) -> String.Index? {
        firstRange(of: pattern)?.upperBound
    }
}
