package import Segmenter

/// A request to keep one camera's footage around a moment.
package struct Trigger: Sendable {
    package let camera: String
    package let at: Timestamp
    package let before: Duration
    package let after: Duration
    package let overlap: Overlap
    package let incident: String?
    package let label: String?
    package let note: String?
    package let metadata: JSONValue?
    /// What the camera sends, bits a second; nil if that is not known.
    package var bitRate: Int?

    package init(
        camera: String,
        at: Timestamp,
        before: Duration,
        after: Duration,
        overlap: Overlap = .separate,
        incident: String? = nil,
        label: String? = nil,
        note: String? = nil,
        metadata: JSONValue? = nil,
        bitRate: Int? = nil
    ) {
        self.camera = camera
        self.at = at
        self.before = before
        self.after = after
        self.overlap = overlap
        self.incident = incident
        self.label = label
        self.note = note
        self.metadata = metadata
        self.bitRate = bitRate
    }

    package var window: ClipWindow { ClipWindow(at: at, before: before, after: after) }
}
