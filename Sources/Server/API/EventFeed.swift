import Archive
import HTTP
import Segmenter

/// `GET /api/events`: what happens to clips and cameras, as it happens.
///
/// Each event has the resource as its own route gives it; what is gone has only its id.
struct EventFeed: Sendable {
    private enum Change: Sendable {
        case clip(ClipChange)
        case fleet(FleetChange)
    }

    private struct Gone: Encodable {
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

    func fleetChanged(_ change: FleetChange) {
        continuation.yield(.fleet(change))
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
                publish("clip.deleted", Gone(id: id))
            case .fleet(.status(let id)):
                // The status of now, which may be a later one: type and resource agree.
                await publish(id, of: fleet) { "camera.\($0.status)" }
            case .fleet(.added(let id)):
                await publish(id, of: fleet) { _ in "camera.added" }
            case .fleet(.changed(let id)):
                await publish(id, of: fleet) { _ in "camera.changed" }
            case .fleet(.removed(let id)):
                publish("camera.removed", Gone(id: id))
            }
        }
        events.finish()
    }

    /// Tells of a camera, unless it has been removed meanwhile.
    private func publish(
        _ camera: String,
        of fleet: CameraFleet,
        as type: (CameraResource) -> String
    ) async {
        guard let camera = fleet[camera] else { return }
        let resource = await CameraResource(camera)
        publish(type(resource), resource)
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
