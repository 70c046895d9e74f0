import Glibc
import Segmenter

/// Where everything of the archive lies under the storage folder.
struct ClipLayout: Sendable {
    let root: String

    var clips: String { root + "/clips" }
    /// Clips that are being recorded. On the same file system as the finished ones: they get there by
    /// rename.
    var stagingRoot: String { clips + "/.staging" }
    /// Deleted folders on their way out.
    var trashRoot: String { clips + "/.trash" }

    /// What belonged to nothing, kept for a person to look at.
    var lostRoot: String { clips + "/.lost" }

    func staging(_ id: String) -> ClipFolder {
        ClipFolder(path: stagingRoot + "/" + id)
    }

    func trash(_ id: String) -> ClipFolder {
        ClipFolder(path: trashRoot + "/" + id)
    }

    /// A finished clip's folder, under the day of its event (UTC).
    func final(_ clip: Clip) -> ClipFolder {
        ClipFolder(path: root + "/" + Self.place(of: clip))
    }

    /// A finished clip's place below the storage folder.
    static func place(of clip: Clip) -> String {
        "clips/\(clip.timestamp.iso8601.prefix(10))/\(clip.id)"
    }

    /// Where a clip's files are now: a folder moves once, from staging to its place.
    func folder(_ clip: Clip) -> ClipFolder {
        let final = final(clip)
        return clip.status.isFinished || final.exists ? final : staging(clip.id)
    }

    /// Below this much free space no clip is begun.
    private static let leastRoom = 64 << 20

    /// Throws when there is too little room under the storage folder, or no folder.
    func checkRoom() throws(ArchiveError) {
        var status = statvfs()
        guard statvfs(root, &status) == 0 else {
            throw .file(action: "look at the storage folder", errno: errno)
        }
        if Int(status.f_bavail) * Int(status.f_frsize) < Self.leastRoom { throw .noSpace }
    }
}
