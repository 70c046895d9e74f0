/// Writes a response's head as it goes over the wire (RFC 9112 §4, §5).
struct ResponseEncoder {
    let version: HTTPVersion
    let dateField: [UInt8]
    let serverField: [UInt8]

    func encode(
        status: Status,
        headers: HeaderFields,
        framing: ResponseFraming,
        into output: inout ByteBuffer
    ) {
        // The server's own version goes out, whatever the client's (RFC 9110 §2.5).
        output.append("HTTP/1.1 ")
        output.append(status.code)
        output.append(" ")
        output.append(status.reasonPhrase)
        output.append("\r\n")
        output.append(dateField)
        output.append(serverField)
        headers.write(to: &output)
        switch framing.content {
        case .none(let length?), .sized(let length):
            output.append("Content-Length: ")
            output.append(length)
            output.append("\r\n")
        case .chunked:
            output.append("Transfer-Encoding: chunked\r\n")
        case .none(nil), .untilClose:
            break
        }
        if !framing.keepsAlive {
            output.append("Connection: close\r\n")
        } else if version == .http10 {
            output.append("Connection: keep-alive\r\n")
        }
        output.append("\r\n")
    }

    /// Writes one chunk (RFC 9112 §7.1); none for no bytes, for that would end the body.
    static func encodeChunk(_ bytes: [UInt8], into output: inout ByteBuffer) {
        guard !bytes.isEmpty else { return }
        output.append(bytes.count, radix: 16)
        output.append("\r\n")
        output.append(bytes)
        output.append("\r\n")
    }

    static let lastChunk: StaticString = "0\r\n\r\n"
    static let continueResponse: StaticString = "HTTP/1.1 100 Continue\r\n\r\n"
}
