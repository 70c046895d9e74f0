/// One JSON object; what the client did not send is null.
enum JSONLogLine {
    static func append(_ report: ExchangeReport, to output: inout [UInt8]) {
        let request = report.request
        output += "{\"time\":\"".utf8
        LogTime.appendISO8601(report.start, to: &output)
        output += "\",\"remote\":".utf8
        append(report.remoteAddress, to: &output)
        output += ",\"method\":".utf8
        append(request?.method.rawValue, to: &output)
        output += ",\"target\":".utf8
        append(request?.rawTarget, to: &output)
        output += ",\"protocol\":".utf8
        append(request.map { $0.version == .http10 ? "HTTP/1.0" : "HTTP/1.1" }, to: &output)
        output += ",\"status\":\(report.status.code),\"bytes\":\(report.bytesSent)".utf8
        output += ",\"duration_ms\":".utf8
        LogTime.appendMicroseconds(of: report.duration, to: &output)
        output += ",\"request_id\":".utf8
        append(report.requestID, to: &output)
        output += ",\"referer\":".utf8
        append(request?.headers["Referer"], to: &output)
        output += ",\"user_agent\":".utf8
        append(request?.headers["User-Agent"], to: &output)
        output += ",\"complete\":\(report.isComplete)}\n".utf8
    }

    /// Appends a string (RFC 8259 §7), or null.
    private static func append(_ text: String?, to output: inout [UInt8]) {
        guard let text else {
            output += "null".utf8
            return
        }
        output.append(ASCII.quote)
        for byte in text.utf8 {
            switch byte {
            case ASCII.quote, ASCII.backslash:
                output.append(ASCII.backslash)
                output.append(byte)
            // DEL need not be escaped, but a terminal that shows the log is better off.
            case _ where ASCII.isControl(byte):
                output += "\\u00".utf8
                output.append(ASCII.hexDigit(byte >> 4))
                output.append(ASCII.hexDigit(byte & 0xF))
            default:
                output.append(byte)
            }
        }
        output.append(ASCII.quote)
    }
}
