import Glibc

/// Why a file can't be served.
package enum FileError: Error, Hashable, Sendable {
    /// Nothing there that may be served: absent, not a regular file, behind a symbolic link, or
    /// not ours to read.
    case notFound

    /// This process or the system has no descriptor left.
    case tooManyOpenFiles

    case failed(errno: Int32)

    init(errno: Int32) {
        switch errno {
        case ENOENT, ENOTDIR, EACCES, EPERM, ELOOP, EXDEV, ENAMETOOLONG, EISDIR, ENXIO:
            self = .notFound
        case EMFILE, ENFILE:
            self = .tooManyOpenFiles
        default:
            self = .failed(errno: errno)
        }
    }

    /// The answer to a request for such a file.
    package var httpError: HTTPError {
        switch self {
        case .notFound:
            HTTPError(.notFound, "There is nothing at this address.")
        case .tooManyOpenFiles:
            HTTPError(
                .serviceUnavailable,
                "The server is at its limit of open files; try again shortly.",
                headers: ["Retry-After": "1"]
            )
        case .failed:
            HTTPError(.internalServerError, "The file could not be read.")
        }
    }
}
