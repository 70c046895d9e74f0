/// Judges whether the moments at which files change, as their file system has them, are this machine's.
///
/// The kernel notes a change to some milliseconds, however late anybody looks. But exFAT counts in steps of two
/// seconds, and a server of NFS goes by a clock of its own. A change lies between two looks: until a file
/// system's moments have kept to that for a while, and when they do not, changes are dated by the look that found
/// them.
struct FileTimes {
    /// A kernel's tick is up to 10 ms long, and it dates changes by its newest.
    private static let tolerance = Duration.milliseconds(12)
    /// Enough of them to judge by.
    private static let sample = 8

    private var good = 0
    private var bad = 0

    /// When a file changed that two looks found different.
    ///
    /// - Parameters:
    ///   - change: as its file system has it, put into steady time.
    ///   - before: the last look that found it as it was before.
    ///   - now: the look that found it changed.
    mutating func moment(
        ofChange change: SteadyTime,
        between before: SteadyTime,
        and now: SteadyTime
    ) -> SteadyTime {
        let isPossible = change >= before - Self.tolerance && change <= now + Self.tolerance
        if isPossible { good += 1 } else { bad += 1 }
        if good + bad > 4 * Self.sample { (good, bad) = (good / 2, bad / 2) }
        return isPossible && areTrusted ? min(change, now) : now
    }

    /// The file system's moments have proved to be this machine's.
    var areTrusted: Bool { good >= Self.sample && bad * 8 <= good }

    /// They have proved not to be.
    var areForeign: Bool { bad + good >= Self.sample && bad * 4 > bad + good }
}
