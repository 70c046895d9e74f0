import Archive
import HTTP
import Segmenter

/// `GET /api/events`: what happens to clips and cameras, as it happens.
///
/// Each event has the resource as its own route gives it; a deleted clip has only its id.
struct EventFeed: Sendable {
    private enum Change: Sendable {
        case clip(ClipChange)
        case camera(id: String)
    }

    private struct DeletedClip: Encodable {
        let id: String
    }

    private let events = EventBroadcaster()
    private let changes: AsyncStream<Change>
    private let continuation: AsyncStream<Change>.Continuation

    init() {
        (changes, continuation) = AsyncStream.makeStream()
    }

    func clipChanged(_ change: ClipChange) {
        continuation.yield(.clip(change))
    }

    func cameraChanged(_ id: String) {
        continuation.yield(.camera(id: id))
    }

    func respond(_ request: Request) throws -> Response {
        _ = try QueryReader(request, knowing: [])
        return events.respond(to: request)
    }

    /// Publishes what changes until `finish`; then every stream ends.
    func run(_ fleet: CameraFleet) async {
        for await change in changes {
            switch change {
            case .clip(.written(let clip)):
                publish("clip.\(clip.status.rawValue)", ClipResource(clip: clip))
            case .clip(.deleted(let id)):
                publish("clip.deleted", DeletedClip(id: id))
            case .camera(let id):
                guard let camera = fleet[id] else { continue }
                // The status of now, which may be a later one: type and resource agree.
                let resource = await CameraResource(camera)
                publish("camera.\(resource.status)", resource)
            }
        }
        events.finish()
    }

    /// Nothing will change any more.
    func finish() {
        continuation.finish()
    }

    private func publish(_ type: String, _ resource: some Encodable) {
        do {
            events.publish(ServerSentEvent(type: type, data: try JSONBody.bytes(resource)))
        } catch {
            Log.write(.error, "event \(type) cannot be told: \(error)")
        }
    }
}
