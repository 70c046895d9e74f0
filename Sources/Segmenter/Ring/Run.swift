/// One life of a camera's ffmpeg: its own directory, initialisation segment and media clock.
package struct Run: Sendable, Hashable {
    /// Unique for its camera across restarts of this program; fit for a file name.
    package let id: String
    /// The directory that holds its files.
    package let directory: String
    package let media: InitSegment

    package init(id: String, directory: String, media: InitSegment) {
        self.id = id
        self.directory = directory
        self.media = media
    }

    package var initPath: String { RunLayout(directory: directory).initPath }
}
