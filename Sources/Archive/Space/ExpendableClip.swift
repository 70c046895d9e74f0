package import Segmenter

/// What the choice of clips that go needs to know of one that is finished and not locked.
package struct ExpendableClip: Sendable, Equatable {
    package let id: String
    package let camera: String
    /// The event's moment.
    package let timestamp: Timestamp
    /// What it has on the disk for itself, as far as that is known; what clips share belongs to the oldest.
    package let bytes: Int
}

/// What there is to choose from.
struct Holdings: Sendable {
    /// Oldest event first; at least the oldest of all, and of each camera with limits of its own.
    var clips: [ExpendableClip]
    /// Of all clips, by camera.
    var tallies: [String: SpaceTally]
}
