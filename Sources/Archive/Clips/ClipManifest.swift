/// What `clip.json` holds: all that the database has of a clip, and its segments.
///
/// With it a clip's folder is complete in itself, and recording can go on after a restart.
package struct ClipManifest: Sendable, Codable {
    package static let fileName = "clip.json"
    private static let currentVersion = 1

    package var version = currentVersion
    package var clip: Clip
    package var segments: [FrozenSegment]

    package init(clip: Clip, segments: [FrozenSegment]) {
        self.clip = clip
        self.segments = segments
    }
}
