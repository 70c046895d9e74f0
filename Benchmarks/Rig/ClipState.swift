import Foundation

/// What the benchmarks read of a clip's answer.
struct ClipState: Decodable {
    let id: String
    let camera: String
    let status: String
    let error: String?
    let requestedEnd: Date
    let readyAt: Date?

    private enum CodingKeys: String, CodingKey {
        case id
        case camera
        case status
        case error
        case requestedEnd = "requested_end"
        case readyAt = "ready_at"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        id = try values.decode(String.self, forKey: .id)
        camera = try values.decode(String.self, forKey: .camera)
        status = try values.decode(String.self, forKey: .status)
        error = try values.decodeIfPresent(String.self, forKey: .error)
        requestedEnd = try style.parse(values.decode(String.self, forKey: .requestedEnd))
        readyAt = try values.decodeIfPresent(String.self, forKey: .readyAt).map(style.parse)
    }
}
