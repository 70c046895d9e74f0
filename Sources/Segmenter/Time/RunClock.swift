/// Where one run's media clock stands on the wall clock.
///
/// ffmpeg's own EXT-X-PROGRAM-DATE-TIME is stamped once, at start, late by whatever was buffered while
/// probing. A segment, however, is closed by the arrival of the next keyframe, so the moment at which
/// it closes follows the end of its last frame by one frame interval and whatever delayed it on the
/// way. Delay only ever adds: the smallest difference among recent segments is the honest one.
package struct RunClock: Sendable {
    /// How many segments the envelope looks back over: two minutes of 2 s segments, short enough to
    /// follow a camera clock that drifts.
    private static let memory = 60

    private var differences: [Duration] = []

    package init() {}

    /// Takes in that the segment whose media ends at `mediaEnd` was closed at `closed`.
    package mutating func observe(
        mediaEnd: Duration,
        closed: Timestamp,
        frameInterval: Duration
    ) {
        differences.append(closed - frameInterval - Timestamp(microseconds: 0) - mediaEnd)
        if differences.count > Self.memory { differences.removeFirst() }
    }

    /// The wall-clock moment of a media time, or nil before the first observation.
    package func wallTime(of media: Duration) -> Timestamp? {
        differences.min().map { Timestamp(microseconds: 0) + $0 + media }
    }
}
