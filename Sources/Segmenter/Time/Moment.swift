/// A point on a time line of whole microseconds: the wall clock's or this process's own.
package protocol Moment: Sendable, Hashable, Comparable {
    var microseconds: Int64 { get set }
    init(microseconds: Int64)
}

extension Moment {
    package static func < (left: Self, right: Self) -> Bool {
        left.microseconds < right.microseconds
    }

    package static func + (time: Self, interval: Duration) -> Self {
        Self(microseconds: time.microseconds + interval.wholeMicroseconds)
    }

    package static func - (time: Self, interval: Duration) -> Self {
        Self(microseconds: time.microseconds - interval.wholeMicroseconds)
    }

    /// The time from `right` to `left`; negative when `left` is earlier.
    package static func - (left: Self, right: Self) -> Duration {
        .microseconds(left.microseconds - right.microseconds)
    }
}
