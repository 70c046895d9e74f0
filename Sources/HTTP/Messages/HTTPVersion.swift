/// The minor versions of HTTP/1 that differ in framing and persistence (RFC 9112 §2.3).
package enum HTTPVersion: Sendable, Hashable {
    case http10
    case http11
}
