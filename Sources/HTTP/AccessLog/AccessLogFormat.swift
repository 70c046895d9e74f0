/// How an exchange becomes a line of an access log.
package enum AccessLogFormat: String, Sendable {
    /// The combined format of Apache and nginx, with the seconds taken and the request's id after it.
    case combined

    /// One JSON object a line (RFC 8259).
    case json

    /// Appends the line of one exchange; nothing that a client sent can end it or begin another.
    package func append(_ report: ExchangeReport, to output: inout [UInt8]) {
        switch self {
        case .combined: CombinedLogLine.append(report, to: &output)
        case .json: JSONLogLine.append(report, to: &output)
        }
    }
}
