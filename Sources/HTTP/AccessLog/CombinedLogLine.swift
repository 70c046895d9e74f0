/// `addr - - [time] "request line" status bytes "referer" "user agent" seconds id`.
enum CombinedLogLine {
    static func append(_ report: ExchangeReport, to output: inout [UInt8]) {
        output += report.remoteAddress.utf8
        output += " - - [".utf8
        LogTime.appendCommon(report.start, to: &output)
        output += "] \"".utf8
        if let request = report.request {
            appendEscaped(request.method.rawValue, to: &output)
            output.append(ASCII.space)
            appendEscaped(request.rawTarget, to: &output)
            output += request.version == .http10 ? " HTTP/1.0".utf8 : " HTTP/1.1".utf8
        } else {
            output.append(ASCII.dash)
        }
        output += "\" \(report.status.code) \(report.bytesSent) \"".utf8
        appendEscaped(report.request?.headers["Referer"] ?? "-", to: &output)
        output += "\" \"".utf8
        appendEscaped(report.request?.headers["User-Agent"] ?? "-", to: &output)
        output += "\" ".utf8
        LogTime.appendMilliseconds(of: report.duration, to: &output)
        output.append(ASCII.space)
        appendEscaped(report.requestID, to: &output)
        output.append(ASCII.lf)
    }

    /// As nginx does: what is not printable ASCII, quotes and backslashes become `\xHH`.
    private static func appendEscaped(_ text: String, to output: inout [UInt8]) {
        for byte in text.utf8 {
            let isPlain = byte == ASCII.space || ASCII.isVisible(byte)
            if isPlain, byte != ASCII.quote, byte != ASCII.backslash {
                output.append(byte)
            } else {
                output += "\\x".utf8
                output.append(ASCII.uppercaseHexDigit(byte >> 4))
                output.append(ASCII.uppercaseHexDigit(byte & 0xF))
            }
        }
    }
}
