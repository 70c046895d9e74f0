import Archive
import Segmenter
import Synchronization

/// The live playlists' newest texts, each made once for all who wait for it.
final class LivePlaylistTexts: Sendable {
    private struct Text {
        let ring: Ring
        let revision: Int
        let bytes: [UInt8]
    }

    /// By the camera's id.
    private let texts = Mutex<[String: Text]>([:])

    func text(of contents: Ring.Contents, from camera: Camera) -> [UInt8] {
        let revision = contents.edge.revision
        let id = camera.configuration.id
        return texts.withLock { texts in
            // Another camera may have come under this id, with a ring of its own.
            if let known = texts[id], known.ring === camera.ring, known.revision == revision {
                return known.bytes
            }
            let bytes = Array(MediaPlaylist(live: contents).text.utf8)
            texts[id] = Text(ring: camera.ring, revision: revision, bytes: bytes)
            return bytes
        }
    }
}
