/// What a client of a program that is killed again and again knows of its clips, and may rely on.
struct CrashLedger {
    private enum Fate {
        case accepted
        /// A deletion was asked for, and not answered.
        case doubtful
        case deleted
    }

    private struct Entry {
        let timestamp: String
        var fate = Fate.accepted
        var isReady = false
    }

    let maxClips: Int
    private var entries: [String: Entry] = [:]
    private(set) var accepted = 0

    init(maxClips: Int) {
        self.maxClips = maxClips
    }

    mutating func accept(_ clip: ClipAnswer) {
        accepted += 1
        entries[clip.id] = Entry(timestamp: clip.timestamp)
    }

    mutating func delete(_ id: String, _ send: () async throws -> Bool) async throws {
        entries[id]?.fate = .doubtful
        if try await send() { entries[id]?.fate = .deleted }
    }

    /// Holds a list of all clips against what was promised, and says what is broken.
    mutating func violations(of list: [ClipAnswer]) -> [String] {
        var found: [String] = []
        for clip in list {
            // What has been seen is there to stay, answered or not.
            var entry = entries[clip.id] ?? Entry(timestamp: clip.timestamp)
            if entry.fate == .deleted { found.append("\(clip.id) was deleted and is back") }
            if entry.isReady && clip.status != "ready" {
                found.append("\(clip.id) was ready and is \(clip.status)")
            }
            entry.isReady = clip.status == "ready"
            entries[clip.id] = entry
        }
        let ids = Set(list.map(\.id))
        for (id, entry) in entries where entry.fate == .accepted && !ids.contains(id) {
            let newer = entries.values.count { $0.timestamp >= entry.timestamp } - 1
            // The oldest are let go of. What was never answered nor seen counts for nothing: whatever
            // could have let it go is newer than this one too.
            if newer < maxClips { found.append("\(id) was accepted and is gone") }
        }
        return found
    }
}
