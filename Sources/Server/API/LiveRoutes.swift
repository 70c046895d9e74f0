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
    private let playlists = LivePlaylists()

    init(fleet: CameraFleet) {
        self.fleet = fleet
    }

    /// All of the ring, which can be sought in; at once, or when it has what the player waits for.
    func playlist(_ request: Request) async throws -> Response {
        let camera = try fleet.camera(of: request)
        let ring = camera.ring
        if let wish = try BlockingReload(request.query) {
            let contents = await ring.contents
            let listing = playlists.listing(
                of: contents.edge,
                held: contents.segments,
                from: camera
            )
            if let listing, let tip = listing.tip(of: contents.edge),
                wish.isTooFar(ahead: tip, partTarget: listing.promises.partTarget)
            {
                throw HTTPError(.badRequest, "That is too far ahead: this playlist ends before.")
            }
            let edge = await ring.edge(within: Self.limit(listing)) { [playlists] edge in
                let listing = playlists.listing(of: edge, from: camera)
                return listing?.tip(of: edge).map(wish.isMet) ?? false
            }
            if edge == nil { throw Self.absence }
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
            body: .bytes(playlists.text(of: contents, from: camera))
        )
    }

    func file(_ request: Request) async throws -> Response {
        let camera = try fleet.camera(of: request)
        let file: LiveFile = try request.parameters.value("file")
        let contents = await camera.ring.contents
        guard let path = file.path(among: contents.held) else {
            return try await part(file, of: camera, contents)
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

    /// A part, or some in a row; if it is the one that comes next, when it is there.
    private func part(
        _ file: LiveFile,
        of camera: Camera,
        _ contents: Ring.Contents
    ) async throws(HTTPError) -> Response {
        let listing = playlists.listing(of: contents.edge, held: contents.segments, from: camera)
        var found =
            file.part(in: contents.edge)
            ?? listing.flatMap { file.piece(among: contents, in: $0) }
        if found == nil && file.isNext(in: contents.edge) {
            let edge = await camera.ring.edge(within: Self.limit(listing)) { edge in
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

    private static func limit(_ listing: LiveListing?) -> Duration {
        .seconds(patience * (listing?.promises.targetDuration ?? 2))
    }

    private static let absence = HTTPError(
        .serviceUnavailable,
        "This camera has no new picture; see its status.",
        headers: ["Retry-After": "2"]
    )
}
