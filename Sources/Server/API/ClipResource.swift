import Archive

/// A clip as the API shows it: its record, and where its parts are.
struct ClipResource: Encodable {
    struct Links: Encodable {
        let `self`: String
        let stream: String
        let playlist: String
        let thumbnail: String
        let download: String

        init(_ id: String) {
            self.`self` = "/api/videos/\(id)"
            stream = "/api/videos/\(id)/stream"
            playlist = "/api/videos/\(id)/hls/index.m3u8"
            thumbnail = "/api/videos/\(id)/thumbnail.jpg"
            download = "/api/videos/\(id)/stream?download=1"
        }
    }

    private enum CodingKeys: CodingKey {
        case links, message
    }

    let clip: Clip
    var message: String?

    func encode(to encoder: any Encoder) throws {
        try clip.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Links(clip.id), forKey: .links)
        try container.encodeIfPresent(message, forKey: .message)
    }
}
