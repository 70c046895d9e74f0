/// Knows whether a run that began with sound still has it.
struct SoundPresence {
    private static let longestAbsence = Duration.seconds(5)

    /// Up to where there was sound, and where there is picture, on the media clock.
    private var soundEnd: Duration?
    private var pictureEnd = Duration.zero

    mutating func add(_ fragment: Fragment) {
        if let timing = fragment.timing {
            pictureEnd = timing.end
            soundEnd = soundEnd ?? timing.end
        }
        if let start = fragment.soundStart { soundEnd = max(start, pictureEnd) }
    }

    /// None has come for a while.
    var isMissing: Bool { soundEnd.map { pictureEnd - $0 > Self.longestAbsence } ?? false }
}
