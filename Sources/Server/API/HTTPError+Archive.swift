import Archive
import Glibc
import HTTP

extension HTTPError {
    /// What a client is told of an error in the archive: never a path.
    init(_ error: ArchiveError) {
        switch error {
        case .notFound:
            self.init(.notFound, "There is no clip of this id.")
        case .locked:
            self.init(.locked, "This clip is locked: unlock it before you delete it.")
        case .overlapping(let id):
            self.init(
                .conflict,
                "Clip \(id) of this camera is still being recorded, and overlap is \"reject\".",
                headers: ["Location": "/api/videos/\(id)"]
            )
        case .keyReused:
            self.init(
                .unprocessableContent,
                "This Idempotency-Key came with another body before: use a new key for a new request."
            )
        case .noSpace, .file(_, ENOSPC), .file(_, EDQUOT), .database(13, _):
            self.init(
                .insufficientStorage,
                "The server's disk is full: delete clips or make room, then try again."
            )
        case .shuttingDown:
            self.init(
                .serviceUnavailable,
                "The server is shutting down: try again when it is back.",
                headers: ["Retry-After": "5"]
            )
        case .file(let action, let number):
            self.init(
                .internalServerError,
                "The server could not \(action): \(String(cString: strerror(number)))."
            )
        case .database(5, _), .database(6, _):
            self.init(
                .serviceUnavailable,
                "The database is busy: try again.",
                headers: ["Retry-After": "1"]
            )
        case .database, .databaseTooNew:
            self.init(.internalServerError, "The database failed; the server's log says how.")
        case .media(let reason):
            self.init(.internalServerError, reason)
        case .damagedManifest:
            self.init(.internalServerError, "The clip's folder is damaged.")
        }
    }
}
