/// A moment on this process's unstepped time line (`SystemClock`), in whole microseconds.
///
/// It has no meaning outside the process: it becomes wall time where it leaves the ring.
package struct SteadyTime: Moment {
    package var microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// The same moment on a wall clock that is ahead by `shift`.
    package func wallTime(shift: Duration) -> Timestamp {
        Timestamp(microseconds: microseconds + shift.wholeMicroseconds)
    }
}

extension Timestamp {
    /// The same moment in steady time, of which the wall clock is ahead by `shift`.
    package func steadyTime(shift: Duration) -> SteadyTime {
        SteadyTime(microseconds: microseconds - shift.wholeMicroseconds)
    }
}
