import Foundation

/// The bytes of an HTTP/1.1 answer as they come in (RFC 9112).
struct HTTPAnswer: Sendable {
    private let isHead: Bool
    private var bytes = Data()
    private var head: (status: Int, headers: [(name: String, value: String)], length: Int)?

    init(isHead: Bool) {
        self.isHead = isHead
    }

    mutating func append(_ part: Data) {
        bytes += part
        while head == nil, let end = bytes.firstRange(of: Data("\r\n\r\n".utf8)) {
            let parsed = HTTPAnswer.parse(head: bytes[..<end.lowerBound])
            if (100..<200).contains(parsed.status) {
                bytes = Data(bytes[end.upperBound...])
            } else {
                head = (parsed.status, parsed.headers, end.upperBound)
            }
        }
    }

    /// Whether nothing more is to come; false where only the closing of the connection tells.
    var isComplete: Bool {
        guard let head else { return false }
        if isHead || head.status == 204 || head.status == 304 { return true }
        if isChunked { return unchunked != nil }
        return contentLength.map { bytes.count - head.length >= $0 } ?? false
    }

    /// The answer, once no more bytes will come.
    func response(for request: String) throws -> HTTPResponse {
        guard let head else {
            throw TestFailure("\(request): no answer but \(String(decoding: bytes, as: UTF8.self))")
        }
        guard isComplete || (contentLength == nil && !isChunked) else {
            throw TestFailure("\(request): the connection closed amid the body")
        }
        let body = isHead ? Data() : isChunked ? unchunked ?? Data() : bytes[head.length...]
        return HTTPResponse(status: head.status, headers: head.headers, body: Data(body))
    }

    private func field(_ name: String) -> String? {
        head?.headers.first { $0.name.lowercased() == name }?.value
    }

    private var isChunked: Bool { field("transfer-encoding")?.lowercased() == "chunked" }

    private var contentLength: Int? { field("content-length").flatMap { Int($0) } }

    /// The body freed of its chunks; nil until the last one is there.
    private var unchunked: Data? {
        var rest = bytes.dropFirst(head?.length ?? 0)
        var body = Data()
        while let line = rest.firstRange(of: Data("\r\n".utf8)) {
            let size = String(decoding: rest[..<line.lowerBound], as: UTF8.self)
            guard let count = Int(size.prefix { $0 != ";" }, radix: 16) else { return nil }
            if count == 0 { return body }
            guard rest.endIndex - line.upperBound >= count + 2 else { return nil }
            body += rest[line.upperBound..<line.upperBound + count]
            rest = rest[(line.upperBound + count + 2)...]
        }
        return nil
    }

    private static func parse(
        head: Data
    ) -> (status: Int, headers: [(name: String, value: String)]) {
        let lines = String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n")
        let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? String(parts[1]) : ""
            return (name: String(parts[0]), value: value.trimmingCharacters(in: .whitespaces))
        }
        return (status, headers)
    }
}
