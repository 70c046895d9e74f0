import Synchronization

/// Browsers that have shown a key: each holds a random token in a cookie.
final class Sessions: Sendable {
    static let cookieName = "hindsight_session"
    /// The oldest go when there are more.
    private static let limit = 1000

    private let keys = Mutex<[(token: String, key: String)]>([])

    /// A new token that stands for `key`.
    func begin(with key: String) -> String {
        var generator = SystemRandomNumberGenerator()
        let token = (0..<4).map { _ in
            let word = String(generator.next(), radix: 16)
            return String(repeating: "0", count: 16 - word.count) + word
        }.joined()
        keys.withLock {
            $0.append((token, key))
            if $0.count > Self.limit { $0.removeFirst() }
        }
        return token
    }

    /// The key for which a request's Cookie field (RFC 6265 §5.4) holds a token.
    func key(inCookie field: String) -> String? {
        for pair in field.split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == Self.cookieName else {
                continue
            }
            let token = String(parts[1])
            return keys.withLock { entries in
                entries.first { APIKeys.areEqual($0.token, token) }?.key
            }
        }
        return nil
    }
}
