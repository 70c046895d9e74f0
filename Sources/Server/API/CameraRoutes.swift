import Archive
import HTTP
import Segmenter

/// `/api/cameras`: how the cameras stand, and their live picture.
struct CameraRoutes: Sendable {
    let fleet: CameraFleet

    func list(_ request: Request) async throws -> Response {
        _ = try QueryReader(request, knowing: [])
        var cameras: [CameraResource] = []
        for camera in fleet.cameras { cameras.append(await CameraResource(camera)) }
        return try JSONBody.response(.ok, cameras)
    }

    func get(_ request: Request) async throws -> Response {
        _ = try QueryReader(request, knowing: [])
        return try JSONBody.response(.ok, await CameraResource(try fleet.camera(of: request)))
    }

    /// The ring as a live playlist: all of it can be sought in.
    func livePlaylist(_ request: Request) async throws -> Response {
        let contents = await (try fleet.camera(of: request)).ring.contents
        guard let first = contents.segments.first else {
            throw HTTPError(
                .serviceUnavailable,
                "This camera has no picture yet; see its status.",
                headers: ["Retry-After": "2"]
            )
        }
        var previous: Segment?
        let entries = contents.segments.map { segment in
            defer { previous = segment }
            return MediaPlaylist.Entry(
                uri: LiveFile(segment).name,
                duration: segment.duration,
                start: segment.start,
                initURI: LiveFile(initOf: segment.run).name,
                isDiscontinuous: previous.map { !$0.isFollowed(by: segment) } ?? false
            )
        }
        var playlist = MediaPlaylist(kind: .live, entries: entries)
        playlist.mediaSequence = first.sequence
        playlist.discontinuitySequence = contents.discontinuities
        playlist.independentSegments = contents.segments.allSatisfy(\.startsOnKeyframe)
        return Response(
            status: .ok,
            headers: [
                "Content-Type": "application/vnd.apple.mpegurl",
                // It changes with every segment.
                "Cache-Control": "no-store",
            ],
            body: .bytes(Array(playlist.text.utf8))
        )
    }

    func liveFile(_ request: Request) async throws -> Response {
        let camera = try fleet.camera(of: request)
        let held = await camera.ring.segments
        let file: LiveFile = try request.parameters.value("file")
        guard let path = file.path(among: held) else {
            throw HTTPError(.notFound, LiveFile.absence)
        }
        do {
            return try FileResponse.respond(
                to: request,
                file: try OpenFile(path: path),
                contentType: "video/mp4",
                headers: ["Cache-Control": "private, max-age=3600, immutable"]
            )
        } catch let error as FileError {
            throw error.httpError
        }
    }
}
