import Foundation

/// Speaks the W3C WebDriver protocol, which is HTTP and JSON, to a driver on 127.0.0.1.
struct WebDriver: Sendable {
    private struct Answer<Value: Decodable>: Decodable {
        let value: Value
    }

    private struct Failure: Decodable {
        let error: String
        let message: String
    }

    private let client: HTTPClient

    init(port: Int) {
        client = HTTPClient(port: port)
    }

    /// Sends a command, and gives back the `value` of its answer.
    ///
    /// - Parameter parameters: a JSON object.
    func command<Value: Decodable>(
        _ method: String,
        _ path: String,
        _ parameters: String? = nil,
        as type: Value.Type = Value.self
    ) async throws -> Value {
        let response = try await client.send(
            method,
            path,
            headers: ["Content-Type": "application/json; charset=utf-8"],
            body: parameters.map { Data($0.utf8) },
            timeout: .seconds(120)
        )
        guard response.status == 200 else {
            let failure: Answer<Failure> = try response.json()
            throw TestFailure("\(path): \(failure.value.error): \(failure.value.message)")
        }
        return try response.json(as: Answer<Value>.self).value
    }

    /// Sends a command whose answer does not matter, so long as it is no error.
    func command(_ method: String, _ path: String, _ parameters: String? = nil) async throws {
        _ = try await command(method, path, parameters, as: Ignored?.self)
    }
}

/// Any JSON value at all.
private struct Ignored: Decodable {
    init(from decoder: any Decoder) {}
}
