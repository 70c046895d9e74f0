import Glibc
import Segmenter

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The database's file before it is opened: one that is damaged is set aside, and a new one made of the
/// clips' folders.
struct DamagedDatabase {
    let path: String
    let layout: ClipLayout

    /// Up to this size all of it is looked at; in a larger one SQLite meets damage as it comes by.
    private static let probed = 64 << 20

    /// Puts a new database in the place of one that is damaged or missing, and says so.
    func replace(_ report: @escaping (String) -> Void) throws(ArchiveError) {
        guard let fault = fault() else { return }
        let isThere = access(path, F_OK) == 0
        let kept = name + ".damaged-" + Timestamp.now().fileName
        let count = try DatabaseBuilder(path: path, layout: layout, report: report)
            .build(keepingOldAs: kept)
        unlink(mark)
        report(
            fault + (isThere ? "; it is kept as \(kept)" : "")
                + ". A new one lists the clips that have folders: \(count)"
        )
    }

    /// What is wrong with the database; nil when nothing is known to be.
    func fault() -> String? {
        guard access(path, F_OK) == 0 else {
            return hasClips ? "the database is missing" : nil
        }
        if access(mark, F_OK) == 0 {
            return "the database is damaged, as was seen while it was used"
        }
        let log = FileManager.default.contents(atPath: path + "-wal")
        if let log, WriteAheadLog.isDamaged(Array(log)) {
            return "the database's write-ahead log is damaged"
        }
        do throws(ArchiveError) {
            return try probe()
        } catch .database(let code, let message) where Self.isDamage(code) {
            return "the database is damaged: \(message)"
        } catch {
            // No damage: opening it in earnest will say it again.
            return nil
        }
    }

    /// Leaves word of damage for the next start.
    func note() {
        close(open(mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0o640))
    }

    /// SQLITE_CORRUPT, also of a row whose content cannot be.
    static let corrupt: Int32 = 11

    /// The other one is SQLITE_NOTADB.
    static func isDamage(_ code: Int32) -> Bool { code == corrupt || code == 26 }

    private var name: String { String(path.split(separator: "/").last ?? "") }

    private var mark: String { path + "-damaged" }

    private var hasClips: Bool {
        CheckWalk(layout: layout).subjects.contains { subject in
            switch subject {
            case .folder, .staging: true
            default: false
            }
        }
    }

    private func probe() throws(ArchiveError) -> String? {
        let database = try Database(path: path, mode: .readWrite)
        defer { database.close() }
        // Of a file that was cut off, or whose header is none, already this fails.
        let tables = try database.query("SELECT name FROM sqlite_schema") { $0.text(0) }
        if tables.isEmpty { return hasClips ? "the database is empty" : nil }
        var status = stat()
        guard stat(path, &status) == 0, status.st_size <= Self.probed else { return nil }
        let faults = try database.query("PRAGMA quick_check(1)") { $0.text(0) ?? "" }
        return faults.first { $0 != "ok" }.map { "the database is damaged: \($0)" }
    }
}
