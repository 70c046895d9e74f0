/// What ffprobe says of one stream.
package struct MediaStream: Sendable, Decodable {
    /// `video`, `audio`, …
    package let type: String
    package let codec: String
    /// In pixels, of a video stream.
    package let width: Int?
    package let height: Int?
    /// By how many degrees players turn it to the left.
    package let rotation: Int?
    /// A fraction such as `25/1`.
    package let averageFrameRate: String
    /// In seconds.
    package let start: Double?
    /// In seconds.
    package let duration: Double?

    private enum CodingKeys: String, CodingKey {
        case type = "codec_type"
        case codec = "codec_name"
        case width
        case height
        case averageFrameRate = "avg_frame_rate"
        case start = "start_time"
        case duration
        case sideData = "side_data_list"
    }

    private struct SideData: Decodable {
        let rotation: Int?
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        type = try values.decode(String.self, forKey: .type)
        codec = try values.decodeIfPresent(String.self, forKey: .codec) ?? "unknown"
        width = try values.decodeIfPresent(Int.self, forKey: .width)
        height = try values.decodeIfPresent(Int.self, forKey: .height)
        rotation = try values.decodeIfPresent([SideData].self, forKey: .sideData)?
            .compactMap(\.rotation).first
        averageFrameRate = try values.decode(String.self, forKey: .averageFrameRate)
        start = try values.decodeIfPresent(String.self, forKey: .start).flatMap(Double.init)
        duration = try values.decodeIfPresent(String.self, forKey: .duration).flatMap(Double.init)
    }
}
