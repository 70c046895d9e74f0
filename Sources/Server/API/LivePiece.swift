import Segmenter

/// A row of a segment's parts that a live playlist lists as one entry.
///
/// Most segments are one piece. Others would break what the playlist has promised: between their keyframes lies
/// more than the target duration, or the camera paused, so that a part is longer than the part target. An
/// entry need not begin with a keyframe (RFC 8216 §3), nor be listed by parts.
struct LivePiece: Sendable, Hashable {
    /// By so much a piece may be longer than the target, as which it is then listed: about a frame.
    private static let slack = Duration.milliseconds(50)
    /// A piece with too long a part lasts at least as long, so that there are not too many.
    private static let shortestWhole = Duration.seconds(1)

    private(set) var parts: [Part]
    /// It is listed by its parts before it is complete, and no part is too long for that.
    let isInParts: Bool

    var duration: Duration { parts.reduce(.zero) { $0 + $1.duration } }

    /// Where its bytes lie in its segment's file.
    var bytes: Part {
        let (first, last) = (parts[0], parts[parts.count - 1])
        return Part(
            number: first.number,
            offset: first.offset,
            length: last.offset + last.length - first.offset,
            duration: duration,
            startsOnKeyframe: first.startsOnKeyframe
        )
    }

    /// The pieces of a segment. When parts are added at its end, the last piece alone changes.
    static func pieces(of parts: [Part], within promises: LivePromises) -> [LivePiece] {
        var pieces: [LivePiece] = []
        for part in parts {
            let isShort = part.duration <= promises.partTarget
            if let last = pieces.last, last.takes(part, isShort: isShort, promises) {
                pieces[pieces.count - 1].parts.append(part)
            } else {
                pieces.append(LivePiece(parts: [part], isInParts: isShort))
            }
        }
        return pieces
    }

    private func takes(_ part: Part, isShort: Bool, _ promises: LivePromises) -> Bool {
        let limit = Duration.seconds(promises.targetDuration) + Self.slack
        guard duration + part.duration <= limit else { return false }
        return isInParts ? isShort : duration < Self.shortestWhole
    }
}
