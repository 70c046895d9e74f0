package import Segmenter

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// ISO 8601 in UTC with milliseconds, as the API, clip.json and playlists have it.
extension Timestamp {
    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    /// `2026-11-22T11:33:21.482Z`, rounded to the nearest millisecond.
    package var iso8601: String {
        // The style cuts digits off, and a Date is binary: half a microsecond keeps .482 from .481.
        Date(timeIntervalSince1970: (Double(wholeMilliseconds.microseconds) + 0.5) / 1_000_000)
            .formatted(Self.style)
    }

    /// Reads an ISO 8601 moment, with or without a fraction, in any offset from UTC.
    package init?(iso8601 text: String) {
        let clock = text.prefix(19)
        let seconds = Date.ISO8601FormatStyle()
        guard Self.hasForm(text),
            // It takes the 30th of February for the 2nd of March.
            (try? seconds.parse(clock + "Z"))?.formatted(seconds).prefix(19) == clock,
            let date = (try? Self.style.parse(text)) ?? (try? seconds.parse(text))
        else { return nil }
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
        self.init(microseconds: Int64(milliseconds) * 1000)
    }

    /// Whether all of `text` has its place in such a moment: Foundation overlooks what follows one.
    private static func hasForm(_ text: String) -> Bool {
        let form = text.map { $0.isASCII && $0.isNumber ? "0" : $0 }
        guard String(form.prefix(19)) == "0000-00-00T00:00:00" else { return false }
        var rest = form.dropFirst(19)
        if rest.first == "." {
            rest = rest.dropFirst()
            guard rest.first == "0" else { return false }
            rest = rest.drop { $0 == "0" }
        }
        return ["Z", "+00:00", "-00:00", "+0000", "-0000"].contains(String(rest))
    }

    /// `20261122T113321482Z`: a moment in a file's name.
    var fileName: String { iso8601.filter { $0.isLetter || $0.isNumber } }

    /// This moment, to the millisecond: what survives being written down.
    package var wholeMilliseconds: Timestamp {
        Timestamp(microseconds: (microseconds + 500) / 1000 * 1000)
    }
}

extension Timestamp: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let time = Timestamp(iso8601: text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "not an ISO 8601 moment such as 2026-11-22T11:33:21.482Z"
            )
        }
        self = time
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(iso8601)
    }
}
