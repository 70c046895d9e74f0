/// What `clip.json` holds: all that the database has of a clip, its segments, and its files.
///
/// With it a clip's folder is complete in itself, and recording can go on after a restart.
package struct ClipManifest: Sendable, Hashable, Codable {
    package static let fileName = "clip.json"
    private static let currentVersion = 2

    package var version = currentVersion
    package var clip: Clip
    package var segments: [FrozenSegment]
    /// All other files of a finished clip's folder, by name. Nil while it is being recorded, and in
    /// version 1.
    package var files: [FileRecord]?

    package init(clip: Clip, segments: [FrozenSegment], files: [FileRecord]? = nil) {
        self.clip = clip
        self.segments = segments
        self.files = files
    }
}
