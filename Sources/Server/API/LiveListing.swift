import Segmenter

/// How a ring's segments are listed by its live playlist for as long as somebody follows it: the promises, and
/// which segments are listed in pieces so that they hold.
///
/// A value that is fed with the ring's newest end whenever that is looked at.
struct LiveListing: Sendable {
    /// The last entry, be it complete or not.
    struct Tip: Sendable, Hashable {
        /// Its media sequence number.
        let number: Int
        /// How many parts of it are listed.
        let parts: Int
        let isOpen: Bool
        /// If it is not, nothing of it is listed before it is complete.
        let isInParts: Bool
    }

    let promises: LivePromises
    /// Those of segments that are not listed whole, by the segments' numbers.
    private var pieces: [Int: [LivePiece]] = [:]
    /// How many more entries than segments there have been before those in `pieces`.
    private var surplus: Int

    /// - Parameter surplus: how many more entries than segments there have been.
    init(_ promises: LivePromises, surplus: Int = 0) {
        self.promises = promises
        self.surplus = surplus
    }

    /// How many more entries than segments there have been.
    var totalSurplus: Int { pieces.values.reduce(surplus) { $0 + $1.count - 1 } }

    /// Takes in how far the newest segments have come.
    mutating func update(_ edge: LiveEdge) {
        for parted in edge.newest {
            let pieces = LivePiece.pieces(of: parted.parts, within: promises)
            if pieces.count > 1 || pieces.first?.isInParts == false {
                self.pieces[parted.segment.sequence] = pieces
            }
        }
    }

    /// Forgets segments that have left the ring.
    mutating func prune(before sequence: Int) {
        for (number, gone) in pieces where number < sequence {
            surplus += gone.count - 1
            pieces[number] = nil
        }
    }

    /// The media sequence number of a segment's first entry.
    func number(of sequence: Int) -> Int {
        pieces.reduce(sequence + surplus) { number, piece in
            piece.key < sequence ? number + piece.value.count - 1 : number
        }
    }

    /// The pieces in which a segment is listed; nil if it is listed whole, and by all its parts.
    func pieces(of segment: Segment) -> [LivePiece]? { pieces[segment.sequence] }

    /// Where the playlist ends; nil before there is one.
    func tip(of edge: LiveEdge) -> Tip? {
        guard let newest = edge.newest.last, !newest.parts.isEmpty else { return nil }
        let segment = newest.segment
        let pieces = pieces(of: segment) ?? [LivePiece(parts: newest.parts, isInParts: true)]
        let last = pieces[pieces.count - 1]
        return Tip(
            number: number(of: segment.sequence) + pieces.count - 1,
            parts: last.isInParts ? last.parts.count : 0,
            isOpen: segment.isOpen,
            isInParts: last.isInParts
        )
    }
}
