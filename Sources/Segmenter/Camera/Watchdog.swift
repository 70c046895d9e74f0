/// Says when a run has been silent for too long: ffmpeg can live on and write nothing.
struct Watchdog {
    enum Verdict: Hashable {
        case fine
        /// In plain words.
        case stalled(String)
        case hopeless(String)
    }

    private static let notice = Duration.seconds(5)
    private static let limit = Duration.seconds(10)
    /// The limit before the first part: many cameras begin slowly.
    private static let startLimit = Duration.seconds(20)
    /// Some cameras send a frame only now and then: so many of their intervals are no silence.
    private static let patience = 5

    private let started: ContinuousClock.Instant
    private var newest: ContinuousClock.Instant?

    init(started: ContinuousClock.Instant) {
        self.started = started
    }

    /// Takes in that a part has come.
    mutating func feed(at now: ContinuousClock.Instant) { newest = now }

    /// - Parameter usualInterval: the distance between the camera's frames, as far as it is known.
    func verdict(at now: ContinuousClock.Instant, usualInterval: Duration?) -> Verdict {
        let patience = (usualInterval ?? .zero) * Self.patience
        let limit = newest == nil ? Self.startLimit : max(Self.limit, patience)
        let silence = now - (newest ?? started)
        if silence > limit {
            return .hopeless("no video for \(Int(limit.seconds)) s: starting it again")
        }
        let notice = max(Self.notice, patience)
        guard newest != nil, silence > notice else { return .fine }
        return .stalled("no video for \(Int(notice.seconds)) s")
    }
}
