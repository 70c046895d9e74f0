import Foundation

/// What the benchmarks read of `GET /api/cameras`.
struct CameraState: Decodable {
    struct Ring: Decodable {
        /// In seconds.
        let duration: Double
        let segments: Int
        let bytes: Int
        /// Of its newest footage; nil while it is empty.
        let end: Date?

        private enum CodingKeys: String, CodingKey {
            case duration
            case segments
            case bytes
            case end
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
            duration = try values.decode(Double.self, forKey: .duration)
            segments = try values.decode(Int.self, forKey: .segments)
            bytes = try values.decode(Int.self, forKey: .bytes)
            end = try values.decodeIfPresent(String.self, forKey: .end).map(style.parse)
        }
    }

    let id: String
    let status: String
    let restarts: Int
    let ring: Ring
}
