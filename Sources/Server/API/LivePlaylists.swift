import Archive
import Segmenter
import Synchronization

/// The live playlists: what each has promised, and its newest text, made once for all who wait for it.
final class LivePlaylists: Sendable {
    /// When nobody has asked for it for so long, in seconds or in target durations, nobody follows a playlist any
    /// more: the next who comes gets promises made anew.
    private static let lapse = (seconds: 30, targets: 6)

    private struct Known {
        /// Another camera may come under this id, with a ring of its own.
        let ring: Ring
        var listing: LiveListing
        private var used = ContinuousClock.now
        /// The ring's, up to which `listing` is.
        private var revision: Int?
        var text: (revision: Int, bytes: [UInt8])?

        init(ring: Ring, listing: LiveListing) {
            self.ring = ring
            self.listing = listing
        }

        mutating func use(_ edge: LiveEdge) {
            used = .now
            if revision == edge.revision { return }
            revision = edge.revision
            listing.update(edge)
        }

        func isFollowed(at now: ContinuousClock.Instant) -> Bool {
            let (seconds, targets) = LivePlaylists.lapse
            return now - used < .seconds(max(seconds, targets * listing.promises.targetDuration))
        }
    }

    /// By the camera's id.
    private let known = Mutex<[String: Known]>([:])

    /// The playlist's text, of the ring as a whole.
    func text(of contents: Ring.Contents, from camera: Camera) -> [UInt8] {
        withKnown(camera, contents.edge, held: contents.segments) { known in
            let revision = contents.edge.revision
            if let text = known.text, text.revision == revision { return text.bytes }
            if let first = contents.segments.first { known.listing.prune(before: first.sequence) }
            let playlist = MediaPlaylist(live: contents, listing: known.listing)
            let bytes = Array(playlist.text.utf8)
            known.text = (revision, bytes)
            return bytes
        }
    }

    /// How the ring's segments are listed, up to its newest end.
    ///
    /// - Parameter held: all that the ring holds, if that is at hand: the more, the better promises.
    /// - Returns: nil before a segment is complete: nobody knows how long they are.
    func listing(
        of edge: LiveEdge,
        held: [Segment]? = nil,
        from camera: Camera
    ) -> LiveListing? {
        guard edge.newest.contains(where: { !$0.segment.isOpen }) else { return nil }
        return withKnown(camera, edge, held: held) { $0.listing }
    }

    private func withKnown<Result>(
        _ camera: Camera,
        _ edge: LiveEdge,
        held: [Segment]?,
        _ body: (inout Known) -> Result
    ) -> Result {
        let id = camera.configuration.id
        return known.withLock { all in
            let before = all[id].flatMap { $0.ring === camera.ring ? $0 : nil }
            if before?.isFollowed(at: .now) != true {
                let promises = LivePromises(
                    of: (held ?? edge.newest.map(\.segment)).filter { !$0.isOpen },
                    edge,
                    segmentDuration: camera.configuration.segmentDuration
                )
                let surplus = before?.listing.totalSurplus ?? 0
                all[id] = Known(
                    ring: camera.ring,
                    listing: LiveListing(promises, surplus: surplus)
                )
            }
            all[id]!.use(edge)
            return body(&all[id]!)
        }
    }
}
