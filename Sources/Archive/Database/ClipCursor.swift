import Segmenter

/// A place in the list of clips: just after one clip, wherever that list has grown since.
package struct ClipCursor: Sendable, Hashable {
    let timestamp: Timestamp
    let id: String

    package init(after clip: Clip) {
        timestamp = clip.timestamp
        id = clip.id
    }

    /// Reads a cursor's text; nil when it is none that was given out here.
    package init?(text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let microseconds = Int64(parts[0]),
            UUIDv7.isValid(String(parts[1]))
        else { return nil }
        timestamp = Timestamp(microseconds: microseconds)
        id = String(parts[1])
    }

    package var text: String { "\(timestamp.microseconds).\(id)" }
}
