/// A file of a clip that may be asked for from outside.
package enum ClipFile: Sendable, Hashable {
    case video
    case playlist
    case thumbnail
    /// A segment or an initialisation segment.
    case media(String)

    /// A media file by its name; nil for a name that no clip's media file has.
    package static func media(named name: String) -> ClipFile? {
        let base = name.split(separator: ".", omittingEmptySubsequences: false)
        guard base.count == 2 else { return nil }
        let isSegment = base[1] == "m4s" && isNumber(base[0])
        let isInit =
            base[1] == "mp4" && base[0].hasPrefix("init-") && isNumber(base[0].dropFirst(5))
        return isSegment || isInit ? .media(name) : nil
    }

    private static func isNumber(_ text: Substring) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isNumber }
    }

    var name: String {
        switch self {
        case .video: ClipMaker.videoName
        case .playlist: ClipFolder.playlistName
        case .thumbnail: ClipMaker.thumbnailName
        case .media(let name): name
        }
    }
}
