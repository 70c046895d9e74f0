import Testing

@testable import Segmenter

@Suite("Leases of a ring")
struct RingLeasesTests {
    private let birth = SteadyTime(microseconds: 1_700_000_000_000_000)

    /// Segments of two seconds, the last of them open and so long as given.
    private func segments(_ count: Int, open: Duration? = nil) -> [SteadySegment] {
        (0..<count).map { number in
            let isOpen = open != nil && number == count - 1
            let length = isOpen ? open! : .seconds(2)
            return SteadySegment(
                run: .example,
                sequence: number,
                name: "\(number).m4s",
                mediaStart: .seconds(2 * number),
                duration: length,
                start: birth + .seconds(2 * number),
                end: birth + .seconds(2 * number) + length,
                bytes: 0,
                startsOnKeyframe: true,
                frameInterval: .milliseconds(40),
                isOpen: isOpen
            )
        }
    }

    @Test("The oldest position is that of the slowest; nobody's is beyond all")
    func oldest() {
        var leases = RingLeases()
        #expect(leases.isEmpty && leases.oldestPosition == .max)
        let early = leases.add(from: birth, to: nil, shift: .zero, position: 1)
        let late = leases.add(from: birth, to: nil, shift: .zero, position: 4)
        #expect(leases.oldestPosition == 1)
        leases.release(before: 6, for: early)
        #expect(leases.oldestPosition == 4)
        leases.remove(late)
        #expect(leases.oldestPosition == 6 && !leases.isEmpty)
        leases.remove(early)
        #expect(leases.isEmpty)
    }

    @Test("A lease has what ends after its start and has not been released, by its own shift")
    func segments() throws {
        var leases = RingLeases()
        let id = leases.add(
            from: birth + .seconds(3),
            to: nil,
            shift: .seconds(3600),
            position: 0
        )
        let lease = try #require(leases[id])
        let given = lease.segments(of: segments(5))
        #expect(given.map(\.sequence) == [1, 2, 3, 4])
        #expect(given[0].start == (birth + .seconds(2)).wallTime(shift: .seconds(3600)))
        leases.release(before: 3, for: id)
        #expect(leases[id]?.segments(of: segments(5)).map(\.sequence) == [3, 4])
    }

    @Test(
        "What grows is ready when a frame after the lease's end may be there, and not without an end"
    )
    func open() throws {
        var leases = RingLeases()
        let id = leases.add(from: birth, to: birth + .seconds(5), shift: .zero, position: 0)
        func ready(_ open: Duration) -> [Int] {
            leases[id]?.readySegments(of: segments(3, open: open)).map(\.sequence) ?? []
        }
        #expect(ready(.milliseconds(1039)) == [0, 1])
        #expect(ready(.milliseconds(1040)) == [0, 1, 2])
        leases.setEnd(birth + .seconds(6), of: id)
        #expect(ready(.milliseconds(1040)) == [0, 1])
        let endless = leases.add(from: birth, to: nil, shift: .zero, position: 0)
        let held = segments(3, open: .seconds(100))
        #expect(leases[endless]?.readySegments(of: held).map(\.sequence) == [0, 1])
    }
}
