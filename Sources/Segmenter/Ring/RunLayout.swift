/// The names of the files in a run's directory: whoever writes, reads or removes one asks here.
package struct RunLayout: Sendable, Hashable {
    /// Its initialisation segment.
    package static let initName = "init.mp4"
    /// ffmpeg's own list of the newest segments, which nobody reads.
    package static let playlistName = "index.m3u8"
    private static let segmentSuffix = ".m4s"

    package let directory: String

    package init(directory: String) {
        self.directory = directory
    }

    package var initPath: String { directory + "/" + Self.initName }

    func segmentPath(_ number: Int) -> String { directory + "/" + Self.segmentName(number) }

    /// How ffmpeg's `-f segment` is told to name its files.
    static let segmentPattern = "%06d" + segmentSuffix

    /// The name of the segment that ffmpeg begins after so many others.
    static func segmentName(_ number: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, 6 - text.count)) + text + segmentSuffix
    }
}
