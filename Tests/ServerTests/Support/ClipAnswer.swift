import Foundation

/// A clip as a client reads it.
struct ClipAnswer: Decodable, Sendable {
    struct Coverage: Decodable, Sendable {
        struct Gap: Decodable, Sendable {
            let start: String
            let end: String
            let reason: String
        }

        let complete: Bool
        let gaps: [Gap]
        let reason: String?

        /// Whether it says why it is not complete, if it is not.
        var isExplained: Bool { complete == (gaps.isEmpty && reason == nil) }
    }

    struct Links: Decodable, Sendable {
        let stream: String
        let playlist: String
        let thumbnail: String
        let download: String
    }

    let id: String
    let camera: String
    let incident: String?
    let status: String
    let timestamp: String
    let requested_start: String
    let requested_end: String
    let start: String?
    let end: String?
    let duration: Double?
    let accuracy: Double?
    let size: Int?
    let width: Int?
    let height: Int?
    let filename: String
    let video_codec: String?
    let audio_codec: String?
    let label: String?
    let ready_at: String?
    let error: String?
    let coverage: Coverage
    let links: Links
}

/// The answer to a trigger of several cameras.
struct IncidentAnswer: Decodable, Sendable {
    struct Refusal: Decodable, Sendable {
        let camera: String
        let detail: String
    }

    let incident: String
    let clips: [ClipAnswer]
    let refused: [Refusal]
}

/// A moment of the API, in microseconds since 1970.
func microseconds(_ moment: String) throws -> Int64 {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    return Int64((try style.parse(moment).timeIntervalSince1970 * 1_000_000).rounded())
}
