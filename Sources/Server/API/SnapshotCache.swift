import Archive
import Glibc
import HTTP
import Segmenter

/// The pictures asked for lately: one for each segment, decoded once however many ask for it.
///
/// They are open files without a name: what falls out of the cache is gone when it has been sent.
actor SnapshotCache {
    private struct Picture {
        let path: String
        let making: Task<OpenFile, any Error>
    }

    private let maker: SnapshotMaker
    /// The one asked for last comes last.
    private var pictures: [Picture] = []

    init(_ maker: SnapshotMaker) {
        self.maker = maker
    }

    /// The first frame of a segment that starts on a keyframe.
    ///
    /// - Parameter limit: how many pictures to keep; each takes a descriptor.
    func picture(of segment: Segment, keeping limit: Int) async throws -> OpenFile {
        let picture: Picture
        if let known = pictures.firstIndex(where: { $0.path == segment.path }) {
            picture = pictures.remove(at: known)
        } else {
            picture = Picture(
                path: segment.path,
                // Not ended with the request that began it: others wait for it too.
                making: Task { [maker] in
                    try await maker.picture(of: segment) { path in try OpenFile(path: path) }
                }
            )
        }
        pictures = (pictures + [picture]).suffix(limit)
        do {
            return try await picture.making.value
        } catch {
            // What cannot be decoded is not tried again for each who asks; all else may help itself.
            if case ArchiveError.media = error { throw error }
            pictures.removeAll { $0.making == picture.making }
            throw error
        }
    }
}
