/// Writes a response's head as it goes over the wire (RFC 9112 §4, §5).
struct ResponseEncoder {
    let version: HTTPVersion
    let dateField: [UInt8]
    let serverField: [UInt8]

    /// What only the server can know, whatever a handler says.
    private static let reserved = [
        "Connection", "Content-Length", "Date", "Keep-Alive", "Server", "Transfer-Encoding",
    ]

    func encode(
        status: Status,
        headers: HeaderFields,
        framing: ResponseFraming,
        into output: inout [UInt8]
    ) {
        output.reserveCapacity(output.count + 512)
        // The server's own version goes out, whatever the client's (RFC 9110 §2.5).
        output.append(contentsOf: "HTTP/1.1 \(status.code) ".utf8)
        output.append(contentsOf: status.reason.utf8)
        output.append(contentsOf: "\r\n".utf8)
        output.append(contentsOf: dateField)
        output.append(contentsOf: serverField)
        headers.write(to: &output, except: Self.reserved)
        switch framing.content {
        case .none(let length?), .sized(let length):
            output.append(contentsOf: "Content-Length: \(length)\r\n".utf8)
        case .chunked:
            output.append(contentsOf: "Transfer-Encoding: chunked\r\n".utf8)
        case .none(nil), .untilClose:
            break
        }
        if !framing.keepsAlive {
            output.append(contentsOf: "Connection: close\r\n".utf8)
        } else if version == .http10 {
            output.append(contentsOf: "Connection: keep-alive\r\n".utf8)
        }
        output.append(contentsOf: "\r\n".utf8)
    }

    /// Writes one chunk (RFC 9112 §7.1); none for no bytes, for that would end the body.
    static func encodeChunk(_ bytes: [UInt8], into output: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        output.append(contentsOf: "\(String(bytes.count, radix: 16))\r\n".utf8)
        output.append(contentsOf: bytes)
        output.append(contentsOf: "\r\n".utf8)
    }

    static let lastChunk = Array("0\r\n\r\n".utf8)
    static let continueResponse = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
}
