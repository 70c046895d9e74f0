import Foundation
import TestSupport

/// Where Hindsight keeps a clip.
enum ClipFolder {
    /// A finished clip's folder below the storage folder.
    static func find(_ id: String, in storage: URL) throws -> URL {
        let clips = storage.appending(path: "clips")
        let days = try FileManager.default.contentsOfDirectory(atPath: clips.path)
        let folders = days.map { clips.appending(path: "\($0)/\(id)") }
        guard
            let found = folders.first(where: {
                FileManager.default.fileExists(atPath: $0.path) && !$0.path.contains("/.")
            })
        else { throw TestFailure("no folder of clip \(id)") }
        return found
    }
}
