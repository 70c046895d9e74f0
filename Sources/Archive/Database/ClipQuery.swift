package import Segmenter

/// What a list of clips is narrowed to: all that is given must hold.
package struct ClipQuery: Sendable, Hashable {
    package var camera: String?
    package var status: Clip.Status?
    package var label: String?
    package var incident: String?
    package var locked: Bool?
    /// The earliest moment of an event, itself included.
    package var from: Timestamp?
    /// The latest moment of an event, itself not included.
    package var to: Timestamp?
    /// Words of label and note: all must occur, the last may be the beginning of one.
    package var text: String?

    package init(
        camera: String? = nil,
        status: Clip.Status? = nil,
        label: String? = nil,
        incident: String? = nil,
        locked: Bool? = nil,
        from: Timestamp? = nil,
        to: Timestamp? = nil,
        text: String? = nil
    ) {
        self.camera = camera
        self.status = status
        self.label = label
        self.incident = incident
        self.locked = locked
        self.from = from
        self.to = to
        self.text = text
    }
}
