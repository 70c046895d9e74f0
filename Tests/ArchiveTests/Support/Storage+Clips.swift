import Foundation
import TestSupport

@testable import Archive
@testable import Segmenter

extension Storage {
    /// Writes the folder of a finished clip as the program does, but with files of a few bytes.
    @discardableResult
    func putFolder(_ clip: Clip) throws -> ClipFolder {
        let folder = layout.final(clip)
        try folder.create()
        for name in ["000001.m4s", "clip.mp4", "index.m3u8", "init-a.mp4"] {
            try folder.write(Array(name.utf8), to: name)
        }
        try folder.write(
            ClipManifest(clip: clip, segments: [.example()], files: try folder.records())
        )
        return folder
    }

    /// The folder of a clip that was being recorded.
    func putStaging(_ clip: Clip) throws {
        try layout.staging(clip.id).create()
        try layout.staging(clip.id).write(ClipManifest(clip: clip, segments: []))
    }

    /// Finished clips of these many hours in folders and database.
    func fill(_ count: Int) async throws -> [Clip] {
        let clips = (0..<count).map { hour in
            Clip.example(at: .event + .seconds(3600 * hour), status: .ready)
        }
        let table = try table()
        for clip in clips {
            try putFolder(clip)
            try await table.insert(clip)
        }
        await table.close()
        return clips
    }

    /// What lies beside the database.
    var names: [String] { ClipFolder(path: folder.path).names.sorted() }

    /// Changes a file's bytes.
    func damage(_ path: String, _ change: (inout Data) -> Void) throws {
        var data = try Data(contentsOf: URL(filePath: path))
        change(&data)
        try data.write(to: URL(filePath: path))
    }
}
