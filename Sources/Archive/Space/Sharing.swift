/// Who answers for the files that several clips hold: the oldest of them, by its id.
enum Sharing {
    /// A clip's files that others may hold too: their sizes in bytes, by inode.
    typealias Files = [UInt64: Int]

    struct Changes: Equatable {
        /// Of the clip's bytes, those that an older one answers for.
        var ownShared = 0
        /// Of its bytes, those that some other clip holds, older or not.
        var held = 0
        /// What a younger clip no longer answers for because this one does, by that clip's id.
        var relieved: [String: Int] = [:]
    }

    /// What a clip's coming changes among others; its going changes the same back.
    static func changes(
        of id: String,
        _ files: Files,
        among others: [String: Files]
    ) -> Changes {
        var changes = Changes()
        for (inode, bytes) in files {
            let holders = others.filter { $0.value[inode] != nil }.keys
            guard let oldest = holders.min() else { continue }
            changes.held += bytes
            if oldest < id {
                changes.ownShared += bytes
            } else {
                changes.relieved[oldest, default: 0] += bytes
            }
        }
        return changes
    }
}
