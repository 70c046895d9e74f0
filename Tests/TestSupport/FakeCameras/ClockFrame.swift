/// One frame of the clock camera in a recording.
package struct ClockFrame: Sendable, Equatable {
    /// When a player shows it, in seconds of the recording's own time.
    package let pts: Double
    /// When the camera took it, in microseconds since 1970.
    package let captureTime: Int64
}
