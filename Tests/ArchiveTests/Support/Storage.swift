import Foundation
import TestSupport

@testable import Archive
@testable import Segmenter

/// A storage folder, on which archives are opened like one life of the program after the other.
struct Storage {
    let folder: TemporaryFolder
    let log = Lines()
    private let databaseFolder: TemporaryFolder
    private let root: String

    /// - Parameters:
    ///   - folder: one of its own if there is none.
    ///   - databaseFolder: the same if there is none.
    ///   - root: where the clips are, if not in the folder.
    init(
        in folder: TemporaryFolder? = nil,
        databaseIn databaseFolder: TemporaryFolder? = nil,
        root: String? = nil
    ) throws {
        let folder = try folder ?? TemporaryFolder()
        self.folder = folder
        self.databaseFolder = databaseFolder ?? folder
        self.root = root ?? folder.path
    }

    var layout: ClipLayout { ClipLayout(root: root) }
    var databasePath: String { databaseFolder.path + "/database.db" }

    func open(
        ffmpeg: FFmpeg? = nil,
        retention: Retention = .init(),
        onChange: @escaping @Sendable (ClipChange) -> Void = { _ in }
    ) throws -> ClipArchive {
        try ClipArchive(
            root: root,
            databasePath: databasePath,
            ffmpeg: try ffmpeg ?? FFmpeg(),
            retention: retention,
            report: { [log] in log.add($0) },
            onChange: onChange
        )
    }

    /// The archive's table, to put into it what a crash would leave.
    func table() throws -> ClipTable {
        try ClipTable(path: databasePath, mode: .readWrite)
    }

    /// The MP4 of a finished clip.
    func video(_ clip: Clip) -> URL {
        URL(filePath: layout.final(clip).file(ClipMaker.videoName))
    }

    func playlist(_ folder: ClipFolder) throws -> String {
        try String(contentsOfFile: folder.file(ClipFolder.playlistName), encoding: .utf8)
    }
}

extension ClipArchive {
    /// Waits until a clip is ready or failed.
    nonisolated func finished(_ id: String) async throws -> Clip {
        try await eventually("the end of clip \(id)", timeout: .seconds(60)) { () -> Clip? in
            let clip = try await self.clip(id)
            return clip.status.isFinished ? clip : nil
        }
    }

    /// Takes up what an earlier life left, with `footage` for every camera.
    func recover(with footage: (any Footage)? = nil) async throws {
        try await recover { _, _ in footage }
    }
}

extension Trigger {
    /// A trigger of the whole seconds around a moment of a recording.
    static func example(
        _ recording: Recording,
        at moment: Duration,
        before: Duration = .seconds(2),
        after: Duration = .seconds(2)
    ) -> Trigger {
        Trigger(
            camera: "yard",
            at: recording.start + moment,
            before: before,
            after: after,
            label: "a label",
            metadata: .object(["n": .integer(1)])
        )
    }
}
