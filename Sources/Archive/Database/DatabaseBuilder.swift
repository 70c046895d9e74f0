import Glibc

/// Makes the database anew of the clips' folders, which hold all that it does.
struct DatabaseBuilder {
    private let folder: ClipFolder
    private let name: String
    private let layout: ClipLayout
    /// Takes a line for the log.
    private let report: (String) -> Void

    init(path: String, layout: ClipLayout, report: @escaping (String) -> Void) {
        let slash = path.lastIndex(of: "/")
        folder = ClipFolder(path: slash.map { String(path[..<$0]) } ?? ".")
        name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        self.layout = layout
        self.report = report
    }

    /// The files of a database by what follows its name: itself, its write-ahead log, and that log's index.
    private static let suffixes = ["", "-wal", "-shm"]

    /// Builds it beside the old one, renames that, and takes its place; gives how many clips it has.
    ///
    /// A crash on the way leaves the old database, or none at all, which counts as damage.
    func build(keepingOldAs kept: String) throws(ArchiveError) -> Int {
        let made = name + ".new"
        for suffix in Self.suffixes { folder.remove(made + suffix) }
        let count = try fill(folder.file(made))
        try folder.sync(made)
        for suffix in Self.suffixes where folder.size(of: name + suffix) != nil {
            try rename(name + suffix, to: kept + suffix)
        }
        try rename(made, to: name)
        try folder.sync()
        return count
    }

    private func rename(_ old: String, to new: String) throws(ArchiveError) {
        guard Glibc.rename(folder.file(old), folder.file(new)) == 0 else {
            throw .file(action: "rename the database", errno: errno)
        }
    }

    private func fill(_ path: String) throws(ArchiveError) -> Int {
        let database = try Database(path: path, mode: .readWrite)
        defer { database.close() }
        // Should it fail it begins anew: until it is synced and renamed there is nothing to keep.
        try database.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        try Schema.migrate(database)
        var count = 0
        try database.transaction { () throws(ArchiveError) in
            for subject in CheckWalk(layout: layout).subjects {
                guard let clip = clip(of: subject) else { continue }
                try ClipTable.insert(clip, into: database)
                count += 1
            }
        }
        // What came at once lies in many pieces, which the next thousand triggers would merge bit by bit,
        // each waiting for it.
        try database.run("INSERT INTO clip_text (clip_text) VALUES ('optimize')")
        return count
    }

    /// The clip that the new database lists for a folder, if any.
    private func clip(of subject: CheckSubject) -> Clip? {
        switch subject {
        case .folder(let place, let id):
            guard let clip = read(ClipFolder(path: layout.root + "/" + place)) else { return nil }
            return clip.id == id && ClipLayout.place(of: clip) == place ? clip : nil
        case .staging(let id):
            // For the next start to go on with, or to finish.
            guard var clip = read(layout.staging(id)), clip.id == id, !layout.final(clip).exists
            else { return nil }
            clip.status = .recording
            clip.readyAt = nil
            return clip
        default: return nil
        }
    }

    private func read(_ folder: ClipFolder) -> Clip? {
        do {
            return try folder.manifestClip()
        } catch {
            report("a folder is not listed: \(error)")
            return nil
        }
    }
}
