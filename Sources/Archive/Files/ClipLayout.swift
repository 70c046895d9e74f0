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

    /// What belongs to no clip any more, and is not for the program to delete.
    var lostRoot: String { clips + "/.lost" }
    /// A folder or file there, by this name or one like it, that is not there yet.
    func unusedLost(_ name: String) -> ClipFolder {
        var folder = ClipFolder(path: lostRoot + "/" + name)
        var number = 2
        while folder.exists {
            folder = ClipFolder(path: "\(lostRoot)/\(name)-\(number)")
            number += 1
        }
        return folder
    }

    /// Whether the storage folder is there: that of a network may be away for a while.
    var isThere: Bool { ClipFolder(path: clips).exists }

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

    /// Beside what is asked for: file systems and ffmpeg need a little more than the files hold.
    private static let margin = 8 << 20

    /// Throws when so many bytes do not fit on the disk, or there is no storage folder.
    func checkRoom(for bytes: Int) throws(ArchiveError) {
        if try DiskSpace(of: root).free < bytes + Self.margin { throw .noSpace }
    }
}
