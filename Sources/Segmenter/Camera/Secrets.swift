/// What must never be shown of a camera's URL: the user information (RFC 3986 §3.2.1) and the query,
/// where some cameras take their password.
package struct Secrets: Sendable {
    private let parts: [String]

    package init(of source: CameraSource) {
        switch source {
        case .rtsp(let url), .http(let url): parts = Self.find(in: url)
        case .usb, .file, .testPattern: parts = []
        }
    }

    /// `text` with every secret replaced by `***`.
    package func redact(_ text: String) -> String {
        parts.reduce(text) { $0.replacing($1, with: "***") }
    }

    private static func find(in text: String) -> [String] {
        guard let url = CameraURL(text) else { return [] }
        var parts: [String] = []
        // As they were written, and as ffmpeg gets and writes them.
        for information in [url.userInformation, url.escapedInformation] {
            guard let information else { continue }
            parts.append(information)
            if let colon = information.firstIndex(of: ":") {
                parts.append(String(information[information.index(after: colon)...]))
            }
        }
        if let mark = url.rest.firstIndex(of: "?") {
            parts.append(String(url.rest[url.rest.index(after: mark)...]))
        }
        // The longest first: one may be a part of another.
        return Set(parts).filter { !$0.isEmpty }.sorted { ($0.count, $1) > ($1.count, $0) }
    }
}
