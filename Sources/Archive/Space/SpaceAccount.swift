import Segmenter

/// Keeps the books of what finished clips take on the disk, in the table of clips.
///
/// Runs on an executor of its own, because it looks at files.
actor SpaceAccount {
    /// A clip that is to be deleted: whether it was there, and how many bytes that makes free.
    struct Leaving {
        let wasThere: Bool
        let freed: Int
    }

    /// No segment that two clips share is longer.
    private static let margin = Duration.seconds(600)
    private static let mostKnownFiles = 1 << 16

    private let layout: ClipLayout
    private let table: ClipTable
    /// One clip at a time: each changes what others answer for.
    private let turns = JobLimiter(limit: 1)
    /// Folders that have been looked at, by their clip's id. They do not change.
    private var known: [String: FolderBytes] = [:]
    private var knownFiles = 0
    private let executor = QueueExecutor(label: "space")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(layout: ClipLayout, table: ClipTable) {
        self.layout = layout
        self.table = table
    }

    /// Counts in a finished clip that is not yet.
    func join(_ clip: Clip) async throws(ArchiveError) {
        try await turns.run { () async throws(ArchiveError) in
            let bytes = await self.bytes(of: clip)
            let changes = try await self.changes(clip, bytes)
            try await self.table.join(clip.id, bytes: bytes.total, changes)
        }
    }

    /// Marks a clip as deleted, and has others answer for what it shared with them.
    func leave(_ id: String) async throws(ArchiveError) -> Leaving {
        try await turns.run { () async throws(ArchiveError) in
            guard let clip = try await self.table.clip(id) else {
                return Leaving(wasThere: false, freed: 0)
            }
            var bytes = FolderBytes()
            var changes = Sharing.Changes()
            if clip.status.isFinished {
                bytes = await self.bytes(of: clip)
                changes = try await self.changes(clip, bytes)
            }
            let wasThere = try await self.table.markDeleted(id, changes)
            await self.forget(id)
            return Leaving(wasThere: wasThere, freed: bytes.total - changes.held)
        }
    }

    private func changes(
        _ clip: Clip,
        _ bytes: FolderBytes
    ) async throws(ArchiveError) -> Sharing.Changes {
        if bytes.linked.isEmpty { return Sharing.Changes() }
        let window = clip.window
        let wide = ClipWindow(start: window.start - Self.margin, end: window.end + Self.margin)
        var others: [String: Sharing.Files] = [:]
        for other in try await table.counted(of: clip.camera, in: wide) where other.id != clip.id {
            others[other.id] = self.bytes(of: other).linked
        }
        return Sharing.changes(of: clip.id, bytes.linked, among: others)
    }

    private func bytes(of clip: Clip) -> FolderBytes {
        if let bytes = known[clip.id] { return bytes }
        let bytes = FolderBytes(of: layout.final(clip))
        // It is only there for clips that come close together.
        if knownFiles > Self.mostKnownFiles { (known, knownFiles) = ([:], 0) }
        known[clip.id] = bytes
        knownFiles += bytes.linked.count + 1
        return bytes
    }

    private func forget(_ id: String) {
        if let bytes = known.removeValue(forKey: id) { knownFiles -= bytes.linked.count + 1 }
    }
}
