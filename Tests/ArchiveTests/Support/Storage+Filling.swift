import Foundation

@testable import Archive
@testable import Segmenter

extension Storage {
    /// Puts finished clips there whose one file has so many megabytes, oldest event first.
    @discardableResult
    func fill(
        _ count: Int,
        megabytes: Int,
        from moment: Timestamp = .event
    ) async throws -> [Clip] {
        let table = try table()
        var clips: [Clip] = []
        for number in 0..<count {
            let clip = Clip.example(at: moment + .seconds(number), status: .ready)
            let folder = layout.final(clip)
            try folder.create()
            try folder.write([UInt8](repeating: 1, count: megabytes << 20), to: "clip.mp4")
            try await table.insert(clip)
            clips.append(clip)
        }
        return clips
    }

    /// The clips that are still there, oldest event first.
    func rest(_ archive: ClipArchive) async throws -> [String] {
        try await archive.clips(limit: 100).map(\.id).reversed()
    }
}
