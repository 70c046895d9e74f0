#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Everything that lies in the folder of clips, one thing after the other.
struct CheckWalk {
    let layout: ClipLayout

    /// Names are read folder by folder: what comes and goes meanwhile may be left out.
    var subjects: some Sequence<CheckSubject> {
        ClipFolder(path: layout.clips).names.sorted().lazy.flatMap(subjects)
    }

    private func subjects(of name: String) -> [CheckSubject] {
        let place = "clips/" + name
        let folder = ClipFolder(path: layout.root + "/" + place)
        switch folder.path {
        case layout.lostRoot: return []
        case layout.stagingRoot: return folder.names.sorted().map { .staging(id: $0) }
        case layout.trashRoot: return folder.names.sorted().map { .trash(id: $0) }
        case _ where Self.isDay(name) && Self.isFolder(folder.path):
            return folder.names.sorted().map { id in
                let isClip = UUIDv7.isValid(id) && Self.isFolder(folder.file(id))
                let place = "\(place)/\(id)"
                return isClip ? .folder(place: place, id: id) : .stray(place: place)
            }
        default: return [.stray(place: place)]
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
    }

    /// `2026-11-22`
    private static func isDay(_ name: String) -> Bool {
        name.map { $0.isASCII && $0.isNumber ? "0" : $0 } == Array("0000-00-00")
    }
}
