/// A time within a segment in which the camera took no frames, although it could be recorded on.
package struct TimedPause<Time: Moment>: Sendable, Hashable {
    package let start: Time
    package let end: Time

    package init(start: Time, end: Time) {
        self.start = start
        self.end = end
    }

    /// In plain words, as in a clip's coverage.
    package var reason: String {
        "the camera sent nothing for \(Int((end - start).seconds.rounded())) s"
    }
}

/// One on the wall clock.
package typealias Pause = TimedPause<Timestamp>

extension TimedPause<SteadyTime> {
    /// The same on a wall clock that is ahead by `shift`.
    func onWallClock(shift: Duration) -> Pause {
        Pause(start: start.wallTime(shift: shift), end: end.wallTime(shift: shift))
    }
}
