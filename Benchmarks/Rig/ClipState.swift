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
    let isComplete: Bool
    let gaps: [ClipTruth.Hole]
    /// In seconds; nil if it does not say so.
    let accuracy: Double?
    /// What it says of its own times; nil until it is ready.
    let claim: ClipClaim?
    let readyAt: Date?

    private enum CodingKeys: String, CodingKey {
        case id
        case camera
        case status
        case error
        case coverage
        case start
        case end
        case duration
        case accuracy
        case requestedStart = "requested_start"
        case requestedEnd = "requested_end"
        case readyAt = "ready_at"
    }

    private struct Coverage: Decodable {
        struct Gap: Decodable {
            let start: String
            let end: String
        }

        let complete: Bool
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
        let coverage = try values.decode(Coverage.self, forKey: .coverage)
        isComplete = coverage.complete
        gaps = try coverage.gaps.map { gap in
            ClipTruth.Hole(
                start: try style.parse(gap.start).microseconds,
                end: try style.parse(gap.end).microseconds
            )
        }
        accuracy = try values.decodeIfPresent(Double.self, forKey: .accuracy)
        let start = try values.decodeIfPresent(String.self, forKey: .start).map(style.parse)
        let end = try values.decodeIfPresent(String.self, forKey: .end).map(style.parse)
        let duration = try values.decodeIfPresent(Double.self, forKey: .duration)
        if let start, let end, let duration {
            claim = ClipClaim(
                start: start.microseconds,
                end: end.microseconds,
                duration: duration,
                accuracy: accuracy,
                gaps: gaps
            )
        } else {
            claim = nil
        }
    }
}

extension Date {
    /// Since 1970.
    var microseconds: Int64 { Int64((timeIntervalSince1970 * 1_000_000).rounded()) }
}
