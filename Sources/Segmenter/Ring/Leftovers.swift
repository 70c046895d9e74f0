/// What an earlier life of this program left in its rings.
package enum Leftovers {
    /// Ends every ffmpeg that still runs there, then removes all rings. Blocks.
    ///
    /// Clips that were being recorded lose nothing: they hold links of their own.
    ///
    /// - Parameter root: the folder that holds a folder for each camera, and in it one for each run.
    package static func remove(from root: String) {
        for camera in Directory.names(root) {
            for run in Directory.names("\(root)/\(camera)") {
                PidFile(path: "\(root)/\(camera)/\(run)/\(PidFile.name)").endLeftover()
            }
        }
        Directory.remove(root)
    }
}
