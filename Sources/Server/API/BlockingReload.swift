import HTTP
import Segmenter

/// What the live playlist shall have before it is answered: draft-pantos-hls-rfc8216bis §6.2.5.2.
struct BlockingReload: Sendable, Equatable {
    /// `_HLS_msn`: a segment's number.
    let segment: Int
    /// `_HLS_part`: of its parts, counted from 0. Without it, the segment as a whole.
    let part: Int?

    init(segment: Int, part: Int? = nil) {
        self.segment = segment
        self.part = part
    }

    /// Nil if the query does not ask to wait. Throws 400 if it is malformed.
    init?(_ query: QueryString) throws(HTTPError) {
        let part = try Self.number("_HLS_part", query)
        guard let segment = try Self.number("_HLS_msn", query) else {
            if part == nil { return nil }
            throw HTTPError(.badRequest, "_HLS_part needs _HLS_msn, the number of its segment.")
        }
        self.init(segment: segment, part: part)
    }

    private static func number(_ name: String, _ query: QueryString) throws(HTTPError) -> Int? {
        guard let text = query[name] else { return nil }
        guard let number = Int(text), number >= 0 else {
            throw HTTPError(.badRequest, "\(name) must be a whole number, 0 or more.")
        }
        return number
    }

    /// - Parameter tip: where the playlist ends.
    func isMet(by tip: LiveListing.Tip) -> Bool {
        // Past a segment's last part stands for the first one of the next.
        if tip.number != segment { return tip.number > segment }
        // What is listed as a whole only is all that its parts would be.
        guard let part, tip.isInParts else { return !tip.isOpen }
        return tip.parts > part
    }

    /// Whether nobody who follows the playlist can wish for it yet.
    func isTooFar(ahead tip: LiveListing.Tip, partTarget: Duration) -> Bool {
        let complete = tip.isOpen ? tip.number - 1 : tip.number
        if segment > complete + 2 { return true }
        guard segment > complete, let part else { return false }
        let listed = segment == tip.number ? tip.parts : 0
        let limit = partTarget < .seconds(1) ? Int(3 / partTarget.seconds) : 3
        return part - listed >= limit
    }
}
