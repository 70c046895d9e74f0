import HTTP

/// Whether requests are logged, how, and where.
struct AccessLogSettings: Sendable, Equatable {
    static let names: Set<String> = ["ACCESS_LOG", "ACCESS_LOG_PATH"]

    /// Nil for no access log.
    let format: AccessLogFormat?

    /// Nil for standard output.
    let path: String?

    init(_ reader: SettingsReader) throws(UsageError) {
        path = reader.text("ACCESS_LOG_PATH")
        let text = reader.text("ACCESS_LOG") ?? "off"
        format = AccessLogFormat(rawValue: text)
        guard format != nil || text == "off" else {
            throw UsageError("ACCESS_LOG=\(text) is none of off, combined and json")
        }
        guard format != nil || path == nil else {
            throw UsageError("ACCESS_LOG_PATH is set, but nothing is logged: set ACCESS_LOG too")
        }
    }
}
