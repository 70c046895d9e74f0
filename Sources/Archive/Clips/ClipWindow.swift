package import Segmenter

/// The span of wall time that a trigger asks to keep.
package struct ClipWindow: Sendable, Hashable {
    package let start: Timestamp
    package let end: Timestamp

    package init(start: Timestamp, end: Timestamp) {
        self.start = start
        self.end = end
    }

    package init(at moment: Timestamp, before: Duration, after: Duration) {
        self.init(start: moment - before, end: moment + after)
    }

    package var duration: Duration { end - start }
}
