import Glibc

/// What can go wrong in the archive. Only the server turns these into statuses and words.
package enum ArchiveError: Error, Sendable, Equatable {
    /// No clip of this id.
    case notFound
    /// The clip's `locked` is set: it is not deleted.
    case locked
    /// A clip of the camera is being recorded, and the trigger was not to overlap one.
    case overlapping(id: String)
    /// The same idempotency key came with another body before.
    case keyReused
    /// There is no room for a clip under the storage folder.
    case noSpace
    /// The program is about to end and takes no more triggers.
    case shuttingDown
    /// A file operation failed; `errno` as in errno(3), `action` in words and without a path.
    case file(action: String, errno: Int32)
    /// SQLite's primary result code and message.
    case database(code: Int32, message: String)
    /// The database was written by a newer version of this program.
    case databaseTooNew(version: Int)
    /// ffmpeg could not make a file of the clip.
    case media(String)
    /// A clip's `clip.json` is missing or cannot be read.
    case damagedManifest(String)
}

extension ArchiveError {
    /// The storage or the system is in the way, and may not be for long: it is worth trying again.
    var mayPass: Bool {
        switch self {
        case .noSpace: true
        case .file(_, let number):
            [ENOSPC, EDQUOT, EROFS, EACCES, EPERM, EMFILE, ENFILE, ENOMEM].contains(number)
        default: false
        }
    }
}

extension ArchiveError: CustomStringConvertible {
    /// In words for a log, and for a clip's `error`: without a path.
    package var description: String {
        switch self {
        case .notFound: "there is no such clip"
        case .locked: "the clip is locked"
        case .overlapping(let id): "clip \(id) of this camera is still being recorded"
        case .keyReused: "the idempotency key was used for another request"
        case .noSpace: "the disk is full"
        case .shuttingDown: "the program is shutting down"
        case .file(let action, let number): "cannot \(action): \(String(cString: strerror(number)))"
        case .database(let code, let message): "database error \(code): \(message)"
        case .databaseTooNew(let version):
            "the database is of version \(version), made by a newer program: upgrade this one"
        case .media(let reason): reason
        case .damagedManifest(let id): "clip.json of \(id) is damaged"
        }
    }
}
