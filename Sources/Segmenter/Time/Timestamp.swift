import CLinux

/// A moment on the wall clock, in whole microseconds since 1970-01-01T00:00:00Z.
///
/// POSIX time: leap seconds are not counted. Foundation's `Date` stays out of this module, so that a
/// camera costs no more than it must.
package struct Timestamp: Moment {
    package var microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// The system clock's present moment (`CLOCK_REALTIME`).
    package static func now() -> Timestamp {
        Timestamp(microseconds: clinux_realtime())
    }
}
