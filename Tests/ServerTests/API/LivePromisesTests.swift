import Segmenter
import Testing

@testable import Server

@Suite("What a live playlist promises")
struct LivePromisesTests {
    private func promises(
        _ edge: LiveEdge,
        segmentDuration: Duration = .seconds(2)
    ) -> LivePromises {
        let complete = edge.newest.map(\.segment).filter { !$0.isOpen }
        return LivePromises(of: complete, edge, segmentDuration: segmentDuration)
    }

    @Test(
        "Parts up to the longest that is usual, in steps",
        arguments: [
            (33, 250), (200, 250), (250, 250), (251, 300), (300, 300), (333, 350), (1000, 1000),
        ]
    )
    func partTarget(_ longest: Int, _ target: Int) throws {
        let edge = try LiveEdge.example(parts: [1, 1], partDuration: .milliseconds(longest))
        #expect(promises(edge).partTarget == .milliseconds(target))
    }

    @Test("Somewhat longer ones where parts differ", arguments: [(240, 250), (247, 300)])
    func unevenParts(_ longest: Int, _ target: Int) throws {
        let edge = try LiveEdge.example(
            partDurations: [200, longest, 200].map { .milliseconds($0) }
        )
        #expect(promises(edge).partTarget == .milliseconds(target))
    }

    @Test("A single long part is a pause, for which nobody shall stay behind")
    func pause() throws {
        let edge = try LiveEdge.example(
            partDurations: [200, 900, 200].map { .milliseconds($0) }
        )
        #expect(promises(edge).partTarget == .milliseconds(250))
    }

    @Test(
        "Segments as long as those that there are; somewhat longer ones where frames come unevenly",
        arguments: [
            (2_000_000, 2), (2_000_011, 2), (1_999_989, 2), (1_960_000, 2), (1_997_000, 3),
            (2_003_000, 3), (4_000_000, 4), (9_970_000, 10), (9_999_000, 11), (10_011_000, 11),
            (900_000, 2),
        ]
    )
    func targetDuration(_ microseconds: Int, _ target: Int) throws {
        let edge = try LiveEdge.example(parts: [1, 1], duration: .microseconds(microseconds))
        #expect(promises(edge).targetDuration == target)
    }
}
