import Archive
import HTTP

/// A clip's id as a path has it.
struct ClipID: PathParameter, Hashable {
    let text: String

    init?(pathPart: String) {
        guard UUIDv7.isValid(pathPart) else { return nil }
        text = pathPart
    }

    static let absence = HTTPError(ArchiveError.notFound).detail
}
