import Foundation
import TestSupport

/// What the benchmarks read of a clip's answer.
struct ClipState: Decodable {
    let id: String
    let camera: String
    let status: String
    let error: String?
    let requestedStart: Date
    let requestedEnd: Date
    let gaps: [ClipTruth.Hole]
    let readyAt: Date?

    private enum CodingKeys: String, CodingKey {
        case id
        case camera
        case status
        case error
        case coverage
        case requestedStart = "requested_start"
        case requestedEnd = "requested_end"
        case readyAt = "ready_at"
    }

    private struct Coverage: Decodable {
        struct Gap: Decodable {
            let start: String
            let end: String
        }

        let gaps: [Gap]
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        id = try values.decode(String.self, forKey: .id)
        camera = try values.decode(String.self, forKey: .camera)
        status = try values.decode(String.self, forKey: .status)
        error = try values.decodeIfPresent(String.self, forKey: .error)
        requestedStart = try style.parse(values.decode(String.self, forKey: .requestedStart))
        requestedEnd = try style.parse(values.decode(String.self, forKey: .requestedEnd))
        readyAt = try values.decodeIfPresent(String.self, forKey: .readyAt).map(style.parse)
        gaps = try values.decode(Coverage.self, forKey: .coverage).gaps.map { gap in
            ClipTruth.Hole(
                start: try style.parse(gap.start).microseconds,
                end: try style.parse(gap.end).microseconds
            )
        }
    }
}

extension Date {
    /// Since 1970.
    var microseconds: Int64 { Int64((timeIntervalSince1970 * 1_000_000).rounded()) }
}
