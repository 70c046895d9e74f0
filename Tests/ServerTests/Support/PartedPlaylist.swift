/// What a client reads of a live playlist with parts.
struct PartedPlaylist {
    struct Segment {
        /// Nil while it is still growing.
        var name: String?
        var parts: [String] = []
    }

    let text: String
    /// In order.
    let segments: [Segment]
    /// The number of the first.
    let sequence: Int
    /// The part that comes next.
    let hint: String?
    /// How long the complete segments are together, in seconds.
    let duration: Double

    init(_ text: String) {
        self.text = text
        var segments = [Segment()]
        for line in text.split(separator: "\n") {
            if let match = line.firstMatch(of: /^#EXT-X-PART:.*URI="([^"]+)"/) {
                segments[segments.count - 1].parts.append(String(match.1))
            } else if !line.hasPrefix("#") {
                segments[segments.count - 1].name = String(line)
                segments.append(Segment())
            }
        }
        self.segments = segments.filter { $0.name != nil || !$0.parts.isEmpty }
        sequence = text.firstMatch(of: /#EXT-X-MEDIA-SEQUENCE:(\d+)/).flatMap { Int($0.1) } ?? 0
        hint = text.firstMatch(of: /#EXT-X-PRELOAD-HINT:TYPE=PART,URI="([^"]+)"/)
            .map { String($0.1) }
        duration = text.matches(of: /#EXTINF:([\d.]+)/).reduce(0) { $0 + (Double($1.1) ?? 0) }
    }

    var parts: [String] { segments.flatMap(\.parts) }

    /// The query that waits for the part after the last one listed.
    var nextQuery: String {
        let growing = segments.last.flatMap { $0.name == nil ? $0 : nil }
        let number = sequence + segments.count - (growing == nil ? 0 : 1)
        return "?_HLS_msn=\(number)&_HLS_part=\(growing?.parts.count ?? 0)"
    }

    /// The number of the newest complete segment.
    var newestComplete: Int { sequence + segments.count { $0.name != nil } - 1 }
}
