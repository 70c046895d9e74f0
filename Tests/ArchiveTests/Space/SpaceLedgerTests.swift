import Testing

@testable import Archive
@testable import Segmenter

@Suite("Reserved room")
struct SpaceLedgerTests {
    private static let overhead = 16 << 20
    private let now = Timestamp.event

    /// Of a window around now, at a million bytes a second.
    private func reservation(
        _ camera: String = "yard",
        before: Int = 30,
        after: Int = 30
    ) -> Reservation {
        let trigger = Trigger(
            camera: camera,
            at: now,
            before: .seconds(before),
            after: .seconds(after)
        )
        return Reservation(for: Clip(for: trigger, id: "x", createdAt: now), bitRate: 8_000_000)
    }

    @Test("A clip needs its MP4 whole, and the segments that are still to come")
    func one() {
        var ledger = SpaceLedger()
        #expect(ledger.bytes(at: now) == 0)
        let asked = ledger.bytes(at: now, with: reservation())
        #expect(asked == 60_000_000 + 30_000_000 + Self.overhead)
        ledger.hold(reservation(), for: "a")
        #expect(ledger.bytes(at: now) == asked)
        #expect(ledger.bytes(at: now + .seconds(20)) == asked - 20_000_000)
        #expect(ledger.bytes(at: now + .seconds(99)) == 60_000_000 + Self.overhead)
        ledger.release("a")
        #expect(ledger.bytes(at: now) == 0)
    }

    @Test(
        "A window that is still ahead needs no more than its length; one that is past, its MP4 alone"
    )
    func elsewhere() {
        let ledger = SpaceLedger()
        let early = ledger.bytes(at: now - .seconds(60), with: reservation())
        #expect(early == 120_000_000 + Self.overhead)
        let late = ledger.bytes(at: now + .seconds(31), with: reservation())
        #expect(late == 60_000_000 + Self.overhead)
    }

    @Test("Segments to come count once for a camera, for each camera")
    func shared() {
        var ledger = SpaceLedger()
        ledger.hold(reservation(), for: "a")
        ledger.hold(reservation(before: 0, after: 10), for: "b")
        ledger.hold(reservation("door", before: 0, after: 10), for: "c")
        let videos = 60_000_000 + 10_000_000 + 10_000_000
        #expect(ledger.bytes(at: now) == videos + 30_000_000 + 10_000_000 + 3 * Self.overhead)
    }

    @Test("Who extends a clip holds more for it, not twice")
    func again() {
        var ledger = SpaceLedger()
        ledger.hold(reservation(), for: "a")
        ledger.hold(reservation(after: 60), for: "a")
        #expect(ledger.bytes(at: now) == 90_000_000 + 60_000_000 + Self.overhead)
    }

    @Test("A camera of unknown rate counts as one of 4 Mb/s")
    func unknown() {
        let clip = Clip.example(at: now)
        #expect(Reservation(for: clip, bitRate: nil).own == 5 * 500_000 + Self.overhead)
    }
}
