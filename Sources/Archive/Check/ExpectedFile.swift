/// A file that `clip.json` says lies beside it.
struct ExpectedFile: Sendable, Hashable {
    let name: String
    /// Nil where `clip.json` does not say.
    var size: Int?
    var crc32c: UInt32?
    /// It may be missing.
    var isOptional = false

    /// It is made of the segments, and can be made of them again.
    var isMade: Bool {
        [ClipMaker.videoName, ClipMaker.thumbnailName, ClipFolder.playlistName].contains(name)
    }
}

extension ClipManifest {
    /// Every file that belongs into a finished clip's folder, but `clip.json`.
    var expectedFiles: [ExpectedFile] {
        if let files {
            return files.map { ExpectedFile(name: $0.name, size: $0.size, crc32c: $0.crc32c) }
        }
        // Version 1 knows the sizes of its segments and of the MP4.
        var expected = segments.map { ExpectedFile(name: $0.file, size: $0.bytes) }
        expected += Set(segments.map(\.initFile)).sorted().map { ExpectedFile(name: $0) }
        expected.append(ExpectedFile(name: ClipFolder.playlistName))
        expected.append(ExpectedFile(name: ClipMaker.thumbnailName, isOptional: true))
        expected.append(
            ExpectedFile(
                name: ClipMaker.videoName,
                size: clip.size,
                isOptional: clip.status != .ready
            )
        )
        return expected
    }
}
