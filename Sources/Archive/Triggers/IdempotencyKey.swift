/// What a client calls a request by, so that sending it again does not do it again
/// (draft-ietf-httpapi-idempotency-key-header).
package struct IdempotencyKey: Sendable, Hashable {
    /// How long a key is remembered.
    static let lifetime = Duration.seconds(24 * 3600)

    package let text: String
    /// What was asked, in one spelling: the same key is good for the same body only.
    package let body: String

    package init(text: String, body: String) {
        self.text = text
        self.body = body
    }
}
