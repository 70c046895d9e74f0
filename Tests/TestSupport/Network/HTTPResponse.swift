package import Foundation

/// An answer to a request of the tests' HTTP client.
package struct HTTPResponse: Sendable {
    package let status: Int
    /// The header fields as they came, in their order.
    package let headers: [(name: String, value: String)]
    package let body: Data

    /// The first field of that name, whatever its case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The body as text.
    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The body decoded from JSON.
    package func json<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: body)
        } catch {
            throw TestFailure("\(status) \(text): \(error)")
        }
    }

    /// The body as a JSON object of any shape.
    package func jsonObject() throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: body)
        guard let object = value as? [String: Any] else {
            throw TestFailure("not a JSON object: \(text)")
        }
        return object
    }
}
