import Glibc
import Segmenter

/// Makes the database anew at a person's wish.
package actor DatabaseRebuild {
    private let executor = QueueExecutor(label: "rebuild")
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    package init() {}

    /// Builds it of the clips' folders, those that are being recorded too: the next start finishes them.
    ///
    /// Only where no server uses the storage folder.
    ///
    /// - Returns: how many clips it lists, and the new name of the old one, if there was one.
    package func run(
        root: String,
        databasePath: String,
        report: @escaping (String) -> Void
    ) throws(ArchiveError) -> (clips: Int, kept: String?) {
        let name = databasePath.split(separator: "/").last ?? ""
        let kept = "\(name).before-reindex-\(Timestamp.now().fileName)"
        let isThere = access(databasePath, F_OK) == 0
        let clips = try DatabaseBuilder(
            path: databasePath,
            layout: ClipLayout(root: root),
            report: report
        ).build(keepingOldAs: kept)
        return (clips, isThere ? kept : nil)
    }
}
