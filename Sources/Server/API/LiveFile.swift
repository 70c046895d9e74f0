import HTTP
import Segmenter

/// The name under which a file of a ring is served: its run's id and its own name.
struct LiveFile: PathParameter, Equatable {
    let name: String

    /// Takes any name: which there are, only the ring knows.
    init(pathPart: String) {
        name = pathPart
    }

    static let absence = "This file has left the ring, or was never in it."

    init(_ segment: Segment) {
        name = segment.run.id + "-" + segment.name
    }

    init(initOf run: Run) {
        name = run.id + "-" + RunLayout.initName
    }

    /// A part, which has a name of its own and no file.
    init(part number: Int, run: String) {
        name = "\(run)-part\(number).m4s"
    }

    /// Some of a segment, listed as one entry.
    init(_ piece: LivePiece, run: String) {
        let numbers = piece.parts.map(\.number)
        name = "\(run)-parts\(numbers[0])-\(numbers[numbers.count - 1]).m4s"
    }

    /// Which piece of which segment it is, if it is a complete one.
    func piece(
        among contents: Ring.Contents,
        in listing: LiveListing
    ) -> (segment: PartedSegment, part: Part)? {
        for segment in contents.held {
            let pieces = listing.pieces(of: segment) ?? []
            for piece in segment.isOpen ? pieces.dropLast() : pieces[...]
            where self == LiveFile(piece, run: segment.run.id) {
                return (PartedSegment(segment: segment, parts: piece.parts), piece.bytes)
            }
        }
        return nil
    }

    /// Which part it is, if it is one of the newest.
    func part(in edge: LiveEdge) -> (segment: PartedSegment, part: Part)? {
        for parted in edge.newest {
            let run = parted.segment.run.id
            let part = parted.parts.first { self == LiveFile(part: $0.number, run: run) }
            if let part { return (parted, part) }
        }
        return nil
    }

    /// Whether it is the part that comes next.
    func isNext(in edge: LiveEdge) -> Bool {
        guard let run = edge.run, let next = edge.nextPart else { return false }
        return self == LiveFile(part: next, run: run)
    }

    /// Where the file is, if the ring holds it: nothing else is ever opened.
    func path(among held: [Segment]) -> String? {
        for segment in held {
            // A file that still grows must not be taken for the whole.
            if !segment.isOpen && self == LiveFile(segment) { return segment.path }
            if self == LiveFile(initOf: segment.run) { return segment.run.initPath }
        }
        return nil
    }
}
