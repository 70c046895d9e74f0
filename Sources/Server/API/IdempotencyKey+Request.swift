import Archive
import HTTP

extension IdempotencyKey {
    private static let field = "Idempotency-Key"

    /// The key that a request came with, if it did.
    init?(_ headers: HeaderFields, body: [String: JSONValue]) throws(HTTPError) {
        let values = headers.values(of: Self.field)
        guard let text = values.first else { return nil }
        guard values.count == 1, (1...255).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else {
            throw HTTPError(
                .badRequest,
                "\(Self.field) must be one value of 1 to 255 printable ASCII characters."
            )
        }
        // Keys sorted: the order of a body's fields means nothing.
        guard let bytes = try? JSONBody.bytes(body) else {
            throw HTTPError(.badRequest, "The body is not valid JSON.")
        }
        self.init(text: text, body: String(decoding: bytes, as: UTF8.self))
    }
}
