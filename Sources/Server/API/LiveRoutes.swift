import Archive
import HTTP
import Segmenter

/// `/api/cameras/:id/live`: the rings as playlists, and what they list.
struct LiveRoutes: Sendable {
    private static let immutable: HeaderFields = [
        "Cache-Control": "private, max-age=3600, immutable"
    ]
    /// How many target durations a player may wait (draft-pantos-hls-rfc8216bis §6.2.5.2).
    private static let patience = 3

    private let fleet: CameraFleet
    private let texts = LivePlaylistTexts()

    init(fleet: CameraFleet) {
        self.fleet = fleet
    }

    /// All of the ring, which can be sought in; at once, or when it has what the player waits for.
    func playlist(_ request: Request) async throws -> Response {
        let camera = try fleet.camera(of: request)
        let ring = camera.ring
        if let wish = try BlockingReload(request.query) {
            let edge = await ring.edge
            if wish.isTooFar(ahead: edge, partTarget: MediaPlaylist.partTarget(of: edge)) {
                throw HTTPError(.badRequest, "That is too far ahead: this playlist ends before.")
            }
            guard await ring.edge(within: Self.limit(edge), where: wish.isMet) != nil else {
                throw Self.absence
            }
        }
        let contents = await ring.contents
        guard !contents.segments.isEmpty else { throw Self.absence }
        return Response(
            status: .ok,
            headers: [
                "Content-Type": "application/vnd.apple.mpegurl",
                // It changes with every part.
                "Cache-Control": "no-store",
            ],
            body: .bytes(texts.text(of: contents, from: camera))
        )
    }

    func file(_ request: Request) async throws -> Response {
        let camera = try fleet.camera(of: request)
        let file: LiveFile = try request.parameters.value("file")
        guard let path = file.path(among: await camera.ring.segments) else {
            return try await part(file, of: camera.ring)
        }
        do {
            return try FileResponse.respond(
                to: request,
                file: try OpenFile(path: path),
                contentType: "video/mp4",
                headers: Self.immutable
            )
        } catch let error as FileError {
            throw error.httpError
        }
    }

    /// A part; if it is the one that comes next, when it is there.
    private func part(_ file: LiveFile, of ring: Ring) async throws(HTTPError) -> Response {
        let present = await ring.edge
        var found = file.part(in: present)
        if found == nil && file.isNext(in: present) {
            let edge = await ring.edge(within: Self.limit(present)) { edge in
                !file.isNext(in: edge)
            }
            guard let edge else { throw Self.absence }
            found = file.part(in: edge)
        }
        // Its segment's file grows: these bytes of it do not change any more.
        guard let (segment, part) = found, let bytes = try? segment.bytes(of: part) else {
            throw HTTPError(.notFound, LiveFile.absence)
        }
        var headers: HeaderFields = ["Content-Type": "video/mp4"]
        headers.append(contentsOf: Self.immutable)
        return Response(status: .ok, headers: headers, body: .bytes(bytes))
    }

    private static func limit(_ edge: LiveEdge) -> Duration {
        let longest = edge.newest.map(\.segment.duration.seconds).max() ?? 1
        return .seconds(patience * Int(longest.rounded(.up)))
    }

    private static let absence = HTTPError(
        .serviceUnavailable,
        "This camera has no new picture; see its status.",
        headers: ["Retry-After": "2"]
    )
}
