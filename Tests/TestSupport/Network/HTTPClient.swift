package import Foundation

/// A plain HTTP/1.1 client: one connection for each request, nothing followed, cached or rewritten.
///
/// Paths go out exactly as given, so that a test can also send what no browser would.
package struct HTTPClient: Sendable {
    /// The port of 127.0.0.1 that it speaks to.
    package let port: Int

    package init(port: Int) {
        self.port = port
    }

    /// Sends a request and reads the whole answer.
    ///
    /// - Parameters:
    ///   - path: the request target, sent as it is.
    ///   - headers: win over the client's own Host, Connection and Content-Length.
    ///   - timeout: for the whole exchange.
    package func send(
        _ method: String,
        _ path: String,
        headers: [String: String] = [:],
        body: Data? = nil,
        timeout: Duration = .seconds(30)
    ) async throws -> HTTPResponse {
        var fields = ["Host": "127.0.0.1:\(port)", "Connection": "close"]
        if let body { fields["Content-Length"] = String(body.count) }
        fields.merge(headers, uniquingKeysWith: { $1 })
        let head = "\(method) \(path) HTTP/1.1\r\n"
        let lines = fields.map { "\($0): \($1)\r\n" }.sorted().joined()
        let request = Data((head + lines + "\r\n").utf8) + (body ?? Data())

        let answer = try await exchange(request, isHead: method == "HEAD", timeout: timeout)
        return try answer.response(for: "\(method) \(path)")
    }

    /// `GET`, with the bytes `range` (such as `0-99`, `100-` or `-50`) where given.
    package func get(
        _ path: String,
        range: String? = nil,
        headers: [String: String] = [:],
        timeout: Duration = .seconds(30)
    ) async throws -> HTTPResponse {
        var headers = headers
        if let range { headers["Range"] = "bytes=\(range)" }
        return try await send("GET", path, headers: headers, timeout: timeout)
    }

    /// `POST` of a JSON text, or of nothing.
    package func post(
        _ path: String,
        json: String? = nil,
        headers: [String: String] = [:],
        timeout: Duration = .seconds(30)
    ) async throws -> HTTPResponse {
        var headers = headers
        if json != nil { headers["Content-Type"] = headers["Content-Type"] ?? "application/json" }
        let body = json.map { Data($0.utf8) } ?? Data()
        return try await send("POST", path, headers: headers, body: body, timeout: timeout)
    }

    /// `DELETE`.
    package func delete(
        _ path: String,
        headers: [String: String] = [:],
        timeout: Duration = .seconds(30)
    ) async throws -> HTTPResponse {
        try await send("DELETE", path, headers: headers, timeout: timeout)
    }

    /// Sends any bytes at all, and gives back all that comes until the server closes.
    package func sendRaw(_ bytes: Data, timeout: Duration = .seconds(10)) async throws -> Data {
        let deadline = ContinuousClock.now + timeout
        return try await blocking { [port] in
            let socket = try Socket(connectedTo: port)
            try socket.send(bytes)
            var answer = Data()
            while case let part = try socket.receive(before: deadline), !part.isEmpty {
                answer += part
            }
            return answer
        }
    }

    private func exchange(
        _ request: Data,
        isHead: Bool,
        timeout: Duration
    ) async throws -> HTTPAnswer {
        let deadline = ContinuousClock.now + timeout
        return try await blocking { [port] in
            let socket = try Socket(connectedTo: port)
            try socket.send(request)
            var answer = HTTPAnswer(isHead: isHead)
            while !answer.isComplete {
                let part = try socket.receive(before: deadline)
                if part.isEmpty { break }
                answer.append(part)
            }
            return answer
        }
    }
}
