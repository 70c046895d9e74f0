#if DEBUG
    import Glibc
    import Synchronization
#endif

/// A moment between two steps at which a test may have a debug build killed.
///
/// `HINDSIGHT_FAULT=name` kills it the first time it comes there, `HINDSIGHT_FAULT=name:3` the third. In
/// a release build there is nothing of this.
package enum FaultPoint: String, CaseIterable, Sendable {
    /// The staging folder is made and holds nothing.
    case begun
    /// The pre-roll is linked, and not noted yet.
    case frozen
    /// A manifest is written under its other name.
    case manifestWritten
    /// All is synced, but not the row inserted.
    case prepared
    /// The row is committed, and nobody has been told.
    case committed
    /// A segment of the post-roll is linked, and not noted yet.
    case segmentKept
    /// It is noted, and the ring not told.
    case segmentNoted
    /// The footage is there; the row is about to say so.
    case complete
    /// The MP4 is made.
    case videoMade
    /// All files are synced; the folder is about to move to its place.
    case finished
    /// The folder is in its place, and the row does not know.
    case inPlace
    /// The row says that the clip is ready.
    case settled
    /// A row is marked as deleted.
    case deletionMarked
    /// The folder of a deleted clip is in the trash.
    case trashed
    /// It is removed, its row not yet.
    case emptied
    /// There are more clips than there may be.
    case excess

    #if DEBUG
        private static let wanted: (name: Substring, count: Int)? = getenv("HINDSIGHT_FAULT").map {
            let parts = String(cString: $0).split(separator: ":")
            return (parts.first ?? "", parts.count > 1 ? Int(parts[1]) ?? 1 : 1)
        }
        private static let reached = Atomic(0)

        package func reach() {
            guard let wanted = Self.wanted, wanted.name == rawValue else { return }
            let count = Self.reached.wrappingAdd(1, ordering: .relaxed).newValue
            if count == wanted.count { kill(getpid(), SIGKILL) }
        }
    #else
        @inline(__always) package func reach() {}
    #endif
}
