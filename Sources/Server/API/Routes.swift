import Archive
import HTTP

/// All routes, in the one place that names them.
struct Routes: Sendable {
    let health: HealthRoute
    let videos: VideoRoutes
    let store: StoreRoute
    let cameras: CameraRoutes
    let live: LiveRoutes
    let snapshot: SnapshotRoute
    let events: EventFeed
    let session: SessionRoute
    let page: StaticFiles?

    var router: Router {
        var router = Router { [page] request in
            guard let page, !request.path.utf8.starts(with: "/api/".utf8) else {
                throw HTTPError(.notFound, "There is nothing at this address.")
            }
            return try page.respond(to: request)
        }
        router.on(.get, "/api/health", health.get)
        router.on(.get, "/api/videos", videos.list)
        router.on(.get, "/api/videos/:id", videos.get)
        router.on(.patch, "/api/videos/:id", videos.edit)
        router.on(.delete, "/api/videos/:id", videos.delete)
        router.on(.get, "/api/videos/:id/stream", videos.stream)
        router.on(.get, "/api/videos/:id/hls/index.m3u8", videos.playlist)
        router.on(.get, "/api/videos/:id/hls/:file", videos.media)
        router.on(.get, "/api/videos/:id/thumbnail.jpg", videos.thumbnail)
        router.on(.post, "/api/store", store.store)
        router.on(.get, "/api/cameras", cameras.list)
        router.on(.get, "/api/cameras/:id", cameras.get)
        router.on(.get, "/api/cameras/:id/live/index.m3u8", live.playlist)
        router.on(.get, "/api/cameras/:id/live/:file", live.file)
        router.on(.get, "/api/cameras/:id/snapshot.jpg", snapshot.get)
        router.on(.get, "/api/events", events.respond)
        router.on(.post, "/api/session", session.begin)
        return router
    }
}
