import Segmenter

extension ClipArchive {
    /// How many clips are counted in or deleted before others have their turn.
    private static let batch = 100
    /// How many may go for the room of one clip.
    private static let mostForOne = 1000
    /// How long to wait when the disk has not more free although clips were deleted.
    private static let patience = Duration.seconds(60)

    /// Keeps clips by other limits from now on; they are applied with the next `retain`.
    package func keep(by retention: Retention) {
        self.retention = retention
    }

    /// Counts in what has come, and deletes what the limits no longer allow.
    package func retain() async {
        await retain(for: nil)
    }

    /// The same, or only until there is room for a clip, if that can be reached.
    func retain(for reservation: Reservation?) async {
        var isMore = true
        // One at a time: two that see too little room would delete twice what is needed.
        while isMore { isMore = await retainer.run { await self.retainSome(for: reservation) } }
    }

    private func retainSome(for reservation: Reservation?) async -> Bool {
        do throws(ArchiveError) {
            let isMore = try await countIn()
            // A trigger must not wait for all that an upgrade has left to be counted.
            return try await expire(for: reservation) || (isMore && reservation == nil)
        } catch .shuttingDown {
            // The next start does it.
        } catch {
            workshop.report("old clips cannot be deleted: \(error)")
        }
        return false
    }

    /// Counts in some finished clips that are not yet; false when there are no more.
    private func countIn() async throws(ArchiveError) -> Bool {
        let clips = try await reader.uncounted(limit: Self.batch)
        for clip in clips where !workshop.isClosing.isRaised { try await account.join(clip) }
        return clips.count == Self.batch && !workshop.isClosing.isRaised
    }

    /// Deletes what has to go by how things stand; false when nothing more is to be done.
    private func expire(for reservation: Reservation?) async throws(ArchiveError) -> Bool {
        if workshop.isClosing.isRaised { return false }
        let spare = try room(with: reservation).spare
        if reservation != nil, spare >= 0 { return false }
        let holdings = try await reader.holdings(
            retention.cameras.keys.sorted(),
            limit: reservation == nil ? Self.batch : Self.mostForOne
        )
        let gone = retention.expired(
            of: holdings,
            lacking: isSpaceLate ? 0 : -spare,
            wholly: reservation != nil,
            at: .now()
        )
        var freed = 0
        var removals: [Task<Void, Never>] = []
        for expiry in gone {
            FaultPoint.excess.reach()
            do throws(ArchiveError) {
                let (bytes, removal) = try await deleted(expiry.clip.id)
                freed += bytes
                removals.append(removal)
                workshop.report("clip \(expiry.clip.id) is deleted: \(expiry.reason)")
            } catch .notFound {
                // Somebody else has deleted it.
            } catch .locked {
                // It has just been locked.
            }
        }
        for removal in removals { await removal.value }
        if gone.contains(where: { $0.reason == .room }) {
            let gained = try room(with: reservation).spare - spare
            if gained < freed / 2 { waitForSpace() }
        }
        return !gone.isEmpty
    }

    /// Some file systems give back late what was deleted, and all do while somebody reads it: that must not
    /// cost every clip.
    private var isSpaceLate: Bool { lateUntil.map { ContinuousClock.now < $0 } ?? false }

    private func waitForSpace() {
        lateUntil = .now + Self.patience
        workshop.report("the disk is no less full although clips were deleted: waiting for it")
    }
}
