import Segmenter

/// How the storage stands.
package struct StorageState: Sendable {
    package let disk: DiskSpace
    /// What clips that are being recorded or made may still take, bytes.
    package let reserved: Int
    /// Of all cameras' clips.
    package let clips: SpaceTally
    package let retention: Retention
    /// The clips that go next, at most five.
    package let next: [Retention.Expiry]

    package var room: Room { Room(free: disk.free - reserved, minFree: retention.minFree) }
}

extension ClipArchive {
    private static let shownNext = 5

    package func room() throws(ArchiveError) -> Room {
        try room(with: nil)
    }

    package func storage() async throws(ArchiveError) -> StorageState {
        let disk = try DiskSpace(of: layout.root)
        let now = Timestamp.now()
        let reserved = ledger.bytes(at: now)
        let retention = retention
        let holdings = try await reader.holdings(
            retention.cameras.keys.sorted(),
            limit: Self.shownNext
        )
        let rest = DiskSpace(free: disk.free - reserved, total: disk.total)
        return StorageState(
            disk: disk,
            reserved: reserved,
            clips: holdings.tallies.values.reduce(SpaceTally(), +),
            retention: retention,
            next: retention.next(of: holdings, rest, at: now, count: Self.shownNext)
        )
    }

    /// Holds the room that a clip may come to need; old clips go for it if they must and may.
    ///
    /// Whoever calls this releases it, be it by `start`. A clip that has a reservation gets another.
    ///
    /// - Parameter bitRate: what its camera sends, bits a second; nil if that is not known.
    func reserveRoom(for clip: Clip, bitRate: Int?) async throws(ArchiveError) {
        let reservation = Reservation(for: clip, bitRate: bitRate)
        if try room(with: reservation).spare < 0 {
            await retain(for: reservation)
            guard try room(with: reservation).spare >= 0 else { throw .noSpace }
        }
        ledger.hold(reservation, for: clip.id)
    }

    /// How much room there is if one more reservation is made.
    func room(with reservation: Reservation?) throws(ArchiveError) -> Room {
        let disk = try DiskSpace(of: layout.root)
        let reserved = ledger.bytes(at: .now(), with: reservation)
        return Room(free: disk.free - reserved, minFree: retention.minFree)
    }
}
