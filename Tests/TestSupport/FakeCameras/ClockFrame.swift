/// One frame of the clock camera in a recording.
package struct ClockFrame: Sendable, Equatable {
    /// When a player shows it, in seconds of the recording's own time.
    package let pts: Double
    /// When the camera took it, in microseconds since 1970.
    package let captureTime: Int64
    /// How many the camera took before it, modulo 2²⁴.
    package let number: Int

    package init(pts: Double, captureTime: Int64, number: Int) {
        self.pts = pts
        self.captureTime = captureTime
        self.number = number
    }
}
