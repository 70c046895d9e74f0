import Segmenter

/// What a trigger does while a clip of its camera is still being recorded.
package enum Overlap: String, Sendable, CaseIterable {
    /// A clip of its own.
    case separate
    /// That clip becomes longer.
    case extend
    /// Nothing: the trigger is refused.
    case reject

    /// A clip that is being recorded.
    struct Running: Sendable {
        let id: String
        let window: ClipWindow
    }

    enum Verdict: Hashable {
        case separate
        case extend(id: String)
        case reject(id: String)
    }

    /// What becomes of a trigger beside what is being recorded of its camera.
    ///
    /// The clip whose window ends last counts. It can grow at its end only, for players may have its
    /// beginning already; so a window that begins earlier gets a clip of its own, and so does one that
    /// would make that clip longer than `longest`.
    func verdict(
        on window: ClipWindow,
        beside running: some Sequence<Running>,
        longest: Duration
    ) -> Verdict {
        let latest = running.max { ($0.window.end, $0.id) < ($1.window.end, $1.id) }
        guard self != .separate, let latest else { return .separate }
        if self == .reject { return .reject(id: latest.id) }
        let fits =
            window.end <= latest.window.end || window.end - latest.window.start <= longest
        return fits && window.start >= latest.window.start ? .extend(id: latest.id) : .separate
    }
}
