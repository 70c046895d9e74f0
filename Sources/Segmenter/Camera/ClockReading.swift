/// How a camera's clock stands to this machine's.
package struct ClockReading: Sendable, Hashable {
    /// How far it has run ahead since the run began; negative when it has fallen behind.
    package var offset: Duration
    /// How much faster it runs, in parts of a million; negative when it is slower.
    package var driftPPM: Double

    package init(offset: Duration, driftPPM: Double) {
        self.offset = offset
        self.driftPPM = driftPPM
    }
}
