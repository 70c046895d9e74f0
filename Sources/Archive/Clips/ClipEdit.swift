/// What is to change of what people say of a clip. Nil leaves a field as it is; in those of two
/// levels `.some(nil)` clears it.
package struct ClipEdit: Sendable, Equatable {
    package var label: String??
    package var note: String??
    package var metadata: JSONValue??
    package var locked: Bool?

    package init(
        label: String?? = nil,
        note: String?? = nil,
        metadata: JSONValue?? = nil,
        locked: Bool? = nil
    ) {
        self.label = label
        self.note = note
        self.metadata = metadata
        self.locked = locked
    }

    /// What brings the fields that it changes back to those of `clip`.
    func undone(to clip: Clip) -> ClipEdit {
        ClipEdit(
            label: label.map { _ in clip.label },
            note: note.map { _ in clip.note },
            metadata: metadata.map { _ in clip.metadata },
            locked: locked.map { _ in clip.locked }
        )
    }

    func apply(to clip: inout Clip) {
        if let label { clip.label = label }
        if let note { clip.note = note }
        if let metadata { clip.metadata = metadata }
        if let locked { clip.locked = locked }
    }
}

extension Clip {
    /// All that can be edited of it, as it is now.
    var edit: ClipEdit {
        ClipEdit(label: .some(label), note: .some(note), metadata: .some(metadata), locked: locked)
    }
}
