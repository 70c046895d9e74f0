import Segmenter

/// The room that clips which are not finished may still take, by the clip's id.
struct SpaceLedger: Sendable {
    private var reservations: [String: Reservation] = [:]

    mutating func hold(_ reservation: Reservation, for id: String) {
        reservations[id] = reservation
    }

    mutating func release(_ id: String) {
        reservations[id] = nil
    }

    /// What all of them may still take, in bytes; less with every second of footage that has come.
    ///
    /// - Parameter more: one that is only asked for.
    func bytes(at now: Timestamp, with more: Reservation? = nil) -> Int {
        let all = Array(reservations.values) + (more.map { [$0] } ?? [])
        // A camera's segments are shared by the clips that need them: those of the longest are enough.
        let segments = Dictionary(
            all.map { ($0.camera, $0.segments(at: now)) },
            uniquingKeysWith: max
        )
        return all.reduce(0) { $0 + $1.own } + segments.values.reduce(0, +)
    }
}
