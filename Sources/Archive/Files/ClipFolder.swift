import Glibc
import Segmenter

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A clip's folder on disk. Every call blocks on the file system.
struct ClipFolder: Sendable, Hashable {
    static let playlistName = "index.m3u8"

    let path: String

    /// Where a file of the folder is.
    func file(_ name: String) -> String { path + "/" + name }

    /// Its own name in the folder that holds it.
    var name: String { String(path.split(separator: "/").last ?? "") }

    /// The folder that holds this one.
    var parent: ClipFolder {
        ClipFolder(path: String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
    }

    /// Makes the folder and those above it. Its own name is durable once the folder above is synced.
    func create() throws(ArchiveError) {
        if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, path.contains("/") else {
            throw .file(action: "create the clip's folder", errno: errno)
        }
        try parent.create()
        try parent.parent.sync()
        guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
            throw .file(action: "create the clip's folder", errno: errno)
        }
    }

    /// Brings a file in, in the place of one that has this name already: by hard link, or by copy where
    /// the file system has none or the folder lies on another.
    func adopt(_ source: String, as name: String) throws(ArchiveError) {
        try replace(name) { (target) throws(ArchiveError) in try adopt(source, at: target) }
    }

    /// Copies what a segment that is still growing holds, in the place of a file of this name.
    func copy(_ segment: Segment, as name: String) throws(ArchiveError) {
        try replace(name) { (target) throws(ArchiveError) in
            do throws(SegmenterError) {
                try SegmentFile.copy(segment.path, upTo: segment.bytes, to: target)
            } catch .system(_, let number) {
                throw .file(action: "copy a segment", errno: number)
            } catch {
                throw .media("\(error)")
            }
        }
    }

    /// Has a file made under another name; then it is there as a whole.
    private func replace(
        _ name: String,
        _ make: (_ path: String) throws(ArchiveError) -> Void
    ) throws(ArchiveError) {
        let temporary = file(name + ".tmp")
        // A crash may have left one.
        unlink(temporary)
        do {
            try make(temporary)
        } catch {
            unlink(temporary)
            throw error
        }
        if name == ClipManifest.fileName { FaultPoint.manifestWritten.reach() }
        guard Glibc.rename(temporary, file(name)) == 0 else {
            let failure = errno
            unlink(temporary)
            throw .file(action: "write \(name)", errno: failure)
        }
    }

    private func adopt(_ source: String, at target: String) throws(ArchiveError) {
        if link(source, target) == 0 { return }
        switch errno {
        case EXDEV, EPERM, EMLINK, EOPNOTSUPP, ENOSYS:
            try attempt("copy a segment") {
                try FileManager.default.copyItem(atPath: source, toPath: target)
            }
        default:
            throw .file(action: "link a segment", errno: errno)
        }
    }

    /// Replaces a file as a whole: whoever opens it sees the old content or the new.
    ///
    /// - Parameter isSynced: the new content is on the disk before it takes the old one's place, so that
    ///   a power cut cannot leave an empty file.
    func write(_ bytes: [UInt8], to name: String, isSynced: Bool = false) throws(ArchiveError) {
        try replace(name) { (target) throws(ArchiveError) in
            let descriptor = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
            guard descriptor >= 0 else { throw .file(action: "write \(name)", errno: errno) }
            defer { close(descriptor) }
            var offset = 0
            while offset < bytes.count {
                let count = bytes.withUnsafeBytes {
                    Glibc.write(descriptor, $0.baseAddress! + offset, $0.count - offset)
                }
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { throw .file(action: "write \(name)", errno: errno) }
                offset += count
            }
            if isSynced, fsync(descriptor) != 0 {
                throw .file(action: "write \(name)", errno: errno)
            }
        }
    }

    /// Removes what a crash has left of files that were being made: all but those of these names.
    func removeAll(but kept: Set<String>) {
        for name in names where !kept.contains(name) { remove(name) }
    }

    /// Throws when nothing can be written here, as on a disk that is full or has gone.
    func checkWriting() throws(ArchiveError) {
        let name = "probe"
        defer { remove(name) }
        try write([UInt8](repeating: 0, count: 1 << 16), to: name, isSynced: true)
    }

    func remove(_ name: String) {
        unlink(file(name))
    }

    func rename(_ name: String, to other: String) {
        Glibc.rename(file(name), file(other))
    }

    /// The size of a file, or nil when there is none.
    func size(of name: String) -> Int? {
        var status = stat()
        return stat(file(name), &status) == 0 ? Int(status.st_size) : nil
    }

    /// Waits until a file's content is on the disk, or the folder's own names where `name` is nil.
    func sync(_ name: String? = nil) throws(ArchiveError) {
        let descriptor = open(name.map { file($0) } ?? path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .file(action: "sync a file", errno: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .file(action: "sync a file", errno: errno) }
    }

    /// Moves the whole folder, durably; parents are made.
    func move(to target: ClipFolder) throws(ArchiveError) {
        let parent = target.parent
        if !parent.exists {
            try parent.create()
            try parent.parent.sync()
        }
        guard Glibc.rename(path, target.path) == 0 else {
            throw .file(action: "put the clip's folder in its place", errno: errno)
        }
        try parent.sync()
    }

    /// Removes the folder and all in it; true when it is gone.
    @discardableResult
    func removeAll() -> Bool {
        try? FileManager.default.removeItem(atPath: path)
        return access(path, F_OK) != 0
    }

    /// The names in the folder; none when it cannot be read.
    var names: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    }

    var exists: Bool { access(path, F_OK) == 0 }

    /// A whole file; nil when it cannot be read.
    func content(_ name: String) -> [UInt8]? {
        FileManager.default.contents(atPath: file(name)).map { Array($0) }
    }

    // MARK: - clip.json

    /// Writes `clip.json`; durable once the folder is synced.
    func write(_ manifest: ClipManifest) throws(ArchiveError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(manifest) else {
            throw .damagedManifest(manifest.clip.id)
        }
        try write(Array(data), to: ClipManifest.fileName, isSynced: true)
    }

    /// Writes `clip.json`, and waits until it and the folder's names are on the disk.
    func replace(_ manifest: ClipManifest) throws(ArchiveError) {
        try write(manifest)
        try sync()
    }

    func manifest() throws(ArchiveError) -> ClipManifest {
        try manifest(as: ClipManifest.self)
    }

    /// The clip of `clip.json`: where all else in it is not needed, this is quicker.
    func manifestClip() throws(ArchiveError) -> Clip {
        try manifest(as: ManifestClip.self).clip
    }

    private struct ManifestClip: Decodable {
        let clip: Clip
    }

    private func manifest<Content: Decodable>(
        as type: Content.Type
    ) throws(ArchiveError) -> Content {
        guard let data = FileManager.default.contents(atPath: file(ClipManifest.fileName)),
            let content = try? JSONDecoder().decode(type, from: data)
        else {
            throw .damagedManifest(name)
        }
        return content
    }

    private func attempt(
        _ action: String,
        _ work: () throws -> Void
    ) throws(ArchiveError) {
        do {
            try work()
        } catch let error as CocoaError {
            let number = (error.underlying as? POSIXError)?.code.rawValue
            throw .file(action: action, errno: number ?? EIO)
        } catch {
            throw .file(action: action, errno: EIO)
        }
    }
}
