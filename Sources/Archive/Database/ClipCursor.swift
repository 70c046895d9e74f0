/// A place in the list of clips: just after one clip, wherever that list has grown since.
package struct ClipCursor: Sendable, Hashable {
    let place: Int64

    init(place: Int64) {
        self.place = place
    }

    /// Reads a cursor's text; nil when it is none that was given out here.
    package init?(text: String) {
        guard let place = Int64(text), String(place) == text else { return nil }
        self.place = place
    }

    package var text: String { String(place) }
}
