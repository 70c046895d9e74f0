import Segmenter

/// How the pieces of a clip become one video: as they are where a decoder set up for the first can
/// go on with the others, else encoded anew.
///
/// It can where another's first keyframe makes it forget all that was before; those of an open GOP do not.
struct JoinPlan: Hashable {
    enum Picture: Hashable {
        case copied(codec: String)
        /// As H.264.
        case encoded
    }

    enum Sound: Hashable {
        case none
        case copied(codec: String)
        /// As AAC, with silence where a piece has none.
        case encoded
    }

    let picture: Picture
    let sound: Sound
    let piecesWithSound: Set<Int>
    /// Of the video as it is shown: the largest piece's.
    let width: Int
    let height: Int

    /// - Parameters:
    ///   - media: each piece's initialisation segment, in order.
    ///   - openPieces: those whose keyframe lets pictures follow that are made of earlier ones.
    init(_ media: [InitSegment], openPieces: Set<Int> = []) throws(ArchiveError) {
        let videos = media.compactMap(\.video)
        guard let first = videos.first, videos.count == media.count else {
            throw .media("no video")
        }
        let sizes = videos.compactMap(\.shownSize)
        let largest =
            sizes.max { $0.width * $0.height < $1.width * $1.height }
            ?? PictureSize(width: 0, height: 0)
        if videos.allSatisfy(first.agrees), openPieces.isSubset(of: [0]) {
            picture = .copied(codec: first.codec)
            (width, height) = (largest.width, largest.height)
        } else {
            picture = .encoded
            // H.264 has the colour of two pixels by two in common.
            (width, height) = ((largest.width + 1) / 2 * 2, (largest.height + 1) / 2 * 2)
        }
        piecesWithSound = Set(media.indices.filter { media[$0].audio != nil })
        let sounds = media.compactMap(\.audio)
        if let first = sounds.first {
            let agree = sounds.count == media.count && sounds.allSatisfy(first.agrees)
            sound = agree && picture != .encoded ? .copied(codec: first.codec) : .encoded
        } else {
            sound = .none
        }
    }

    /// Whether it takes about as long as the video is.
    var isEncoding: Bool { picture == .encoded }

    var videoCodec: String {
        switch picture {
        case .copied(let codec): codec
        case .encoded: "h264"
        }
    }

    var audioCodec: String? {
        switch sound {
        case .none: nil
        case .copied(let codec): codec
        case .encoded: "aac"
        }
    }
}
