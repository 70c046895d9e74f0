/// What a camera's live playlist listed at one moment.
struct LivePlaylist {
    private let sequence: Int
    private let names: [String]
    private let discontinuities: Int

    init(_ text: String) {
        let lines = text.split(separator: "\n")
        func value(_ tag: String) -> Int {
            lines.first { $0.hasPrefix(tag) }.flatMap { Int($0.dropFirst(tag.count)) } ?? 0
        }
        sequence = value("#EXT-X-MEDIA-SEQUENCE:")
        names = lines.filter { !$0.hasPrefix("#") }.map(String.init)
        let marks = lines.count { $0 == "#EXT-X-DISCONTINUITY" }
        discontinuities = value("#EXT-X-DISCONTINUITY-SEQUENCE:") + marks
    }

    /// What a player that had this camera's earlier playlist would miss.
    func losses(since earlier: LivePlaylist?) -> [String] {
        guard let earlier else { return names.isEmpty ? ["an empty playlist"] : [] }
        var losses: [String] = []
        let next = earlier.sequence + earlier.names.count
        if sequence > next { losses.append("segments \(next)..<\(sequence) were never listed") }
        if sequence + names.count <= next { losses.append("no new segment after \(next - 1)") }
        if discontinuities > earlier.discontinuities { losses.append("a discontinuity") }
        for (index, name) in names.enumerated() {
            let place = sequence + index - earlier.sequence
            guard earlier.names.indices.contains(place), earlier.names[place] != name else {
                continue
            }
            losses.append("segment \(sequence + index) is another one now")
        }
        return losses
    }
}
