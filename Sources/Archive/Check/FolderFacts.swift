import Glibc

/// What a clip's folder holds, as it was found.
struct FolderFacts: Sendable, Hashable {
    struct File: Sendable, Hashable {
        /// In bytes; nil when it cannot be read, or is no file.
        var size: Int?
        /// Nil when it was not asked for.
        var crc32c: UInt32?
    }

    /// Nil when `clip.json` is missing or cannot be read.
    var manifest: ClipManifest?
    /// By name; `clip.json` is not among them.
    var files: [String: File]
}

extension FolderFacts {
    /// Looks into a folder; nil when there is none.
    ///
    /// - Parameter quick: sizes only: no file but `clip.json` is read.
    init?(_ folder: ClipFolder, quick: Bool) {
        guard folder.exists else { return nil }
        let manifest = try? folder.manifest()
        let summed = Set(quick ? [] : manifest?.files?.map(\.name) ?? [])
        var files: [String: File] = [:]
        for name in folder.names where name != ClipManifest.fileName {
            if summed.contains(name) {
                let record = try? FileRecord(reading: folder.file(name), as: name)
                files[name] = File(size: record?.size, crc32c: record?.crc32c)
            } else {
                files[name] = File(size: Self.size(folder.file(name)))
            }
        }
        self.init(manifest: manifest, files: files)
    }

    private static func size(_ path: String) -> Int? {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }
}
