import Archive
import HTTP

extension ClipFile: PathParameter {
    /// Takes the names of media alone: the other files have routes of their own.
    package init?(pathPart: String) {
        guard let file = ClipFile.media(named: pathPart) else { return nil }
        self = file
    }

    package static var absence: String { "A clip has no file of this name." }
}
