/// A time within a segment in which the camera took no frames, although it could be recorded on.
package struct Pause: Sendable, Hashable {
    package private(set) var start: Timestamp
    package private(set) var end: Timestamp

    package init(start: Timestamp, end: Timestamp) {
        self.start = start
        self.end = end
    }

    /// In plain words, as in a clip's coverage.
    package var reason: String {
        "the camera sent nothing for \(Int((end - start).seconds.rounded())) s"
    }

    /// The same on a clock that is ahead by `shift`: in wall time instead of steady time.
    func shifted(by shift: Duration) -> Pause {
        Pause(start: start + shift, end: end + shift)
    }
}
