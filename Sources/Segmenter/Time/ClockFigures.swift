/// How a camera's media clock goes beside steady time.
package struct ClockFigures: Sendable, Hashable {
    /// How far it has run ahead since the run began, in seconds; jumps of it count too.
    package let offset: Double
    /// How much faster it runs, in millionths; nil until that is known to some tens of them.
    package let drift: Double?
}
