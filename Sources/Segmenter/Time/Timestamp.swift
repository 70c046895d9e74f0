import CLinux

/// A moment on the wall clock, in whole microseconds since 1970-01-01T00:00:00Z; or, where that is said,
/// in steady time (`SystemClock`).
///
/// POSIX time: leap seconds are not counted. Foundation's `Date` stays out of this module, so that a
/// camera costs no more than it must.
package struct Timestamp: Sendable, Hashable, Comparable {
    package var microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// The system clock's present moment (`CLOCK_REALTIME`).
    package static func now() -> Timestamp {
        Timestamp(microseconds: clinux_realtime())
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }

    package static func + (time: Timestamp, interval: Duration) -> Timestamp {
        Timestamp(microseconds: time.microseconds + interval.wholeMicroseconds)
    }

    package static func - (time: Timestamp, interval: Duration) -> Timestamp {
        Timestamp(microseconds: time.microseconds - interval.wholeMicroseconds)
    }

    /// The time from `right` to `left`; negative when `left` is earlier.
    package static func - (left: Timestamp, right: Timestamp) -> Duration {
        .microseconds(left.microseconds - right.microseconds)
    }
}
