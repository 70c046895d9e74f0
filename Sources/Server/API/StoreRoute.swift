import Archive
import HTTP
import Segmenter

/// `POST /api/store`: the trigger.
struct StoreRoute: Sendable {
    let archive: ClipArchive
    let fleet: CameraFleet

    private static let defaultBefore = Duration.seconds(30)

    /// The answer for several cameras.
    private struct Accepted: Encodable {
        /// A camera that could not serve, and why.
        struct Refusal: Encodable {
            let camera: String
            let detail: String
        }

        let incident: String
        let clips: [ClipResource]
        let refused: [Refusal]
        let message: String
        let timestamp: Timestamp
    }

    func store(_ request: Request) async throws -> Response {
        let now = Timestamp.now()
        _ = try QueryReader(request, knowing: [])
        let order = try StoreRequest(
            try await JSONBody.object(of: request),
            longestBefore: fleet.longestBuffer.seconds,
            now: now
        )
        let (cameras, isIncident) = try chosen(order.cameras)
        let at = (order.at ?? now).wholeMilliseconds
        let incident = isIncident ? UUIDv7.make(at: now) : nil
        var clips: [Clip] = []
        var refusals: [(camera: String, error: HTTPError)] = []
        for camera in cameras {
            let configuration = camera.configuration
            let trigger = Trigger(
                camera: configuration.id,
                at: at,
                before: order.before ?? min(Self.defaultBefore, configuration.bufferDuration),
                after: order.after,
                incident: incident,
                label: order.label,
                note: order.note,
                metadata: order.metadata
            )
            // Of several cameras those that can serve do.
            do {
                clips.append(try await self.trigger(trigger, camera))
            } catch let error as ArchiveError {
                refusals.append((configuration.id, HTTPError(error)))
            } catch let error as HTTPError {
                refusals.append((configuration.id, error))
            }
        }
        guard let first = clips.first else {
            throw refusals.first?.error
                ?? HTTPError(.conflict, "No camera is enabled: see the settings.")
        }
        let wait = Self.secondsUntilReady(first)
        let headers: HeaderFields = [
            "Location": "/api/videos/\(first.id)", "Retry-After": String(wait),
        ]
        let message = "Kept. The clip is ready in about \(wait) s."
        guard let incident else {
            let clip = ClipResource(clip: first, message: message)
            return try JSONBody.response(.accepted, clip, headers: headers)
        }
        let answer = Accepted(
            incident: incident,
            clips: clips.map { ClipResource(clip: $0) },
            refused: refusals.map { .init(camera: $0.camera, detail: $0.error.detail) },
            message: message,
            timestamp: at
        )
        return try JSONBody.response(.accepted, answer, headers: headers)
    }

    /// When a clip that is still being recorded is likely to be ready.
    static func secondsUntilReady(_ clip: Clip) -> Int {
        max(1, Int((clip.requestedEnd - .now()).seconds.rounded(.up)) + 2)
    }

    private func trigger(_ trigger: Trigger, _ camera: Camera) async throws -> Clip {
        let buffer = camera.configuration.bufferDuration
        guard trigger.before <= buffer else {
            throw HTTPError(
                .unprocessableContent,
                "before must be from 0 to \(buffer.seconds) seconds for camera \(trigger.camera)."
            )
        }
        let held = await camera.ring.segments
        guard let oldest = held.first else {
            let status = await camera.status
            let reason = status.reason.map { " (\($0))" } ?? ""
            throw HTTPError(
                .conflict,
                "Camera \(trigger.camera) has no footage yet: it is \(status.state.rawValue)\(reason).",
                headers: ["Retry-After": "5"]
            )
        }
        guard trigger.window.end > oldest.start else {
            throw HTTPError(
                .unprocessableContent,
                "The moment is too long ago: the oldest footage begins at \(oldest.start.iso8601)."
            )
        }
        var trigger = trigger
        trigger.bitRate = held.bitRate
        let footage = await camera.ring.reader(
            from: trigger.window.start,
            to: trigger.window.end
        )
        return try await archive.trigger(trigger, footage: footage)
    }

    private func chosen(
        _ wanted: StoreRequest.Cameras
    ) throws(HTTPError) -> (cameras: [Camera], isIncident: Bool) {
        let enabled = fleet.cameras.filter(\.configuration.enabled)
        func find(_ id: String) throws(HTTPError) -> Camera {
            if let camera = fleet[id] { return camera }
            let known = fleet.cameras.map(\.configuration.id).joined(separator: ", ")
            throw HTTPError(
                .unprocessableContent,
                "camera: there is no camera \"\(id)\"; there is: \(known)."
            )
        }
        switch wanted {
        case .only:
            guard enabled.count < 2 else {
                throw HTTPError(
                    .unprocessableContent,
                    "There are several cameras: name one in \"camera\", or \"all\"."
                )
            }
            return (enabled, false)
        case .one(let id):
            return ([try find(id)], false)
        case .several(let ids):
            var cameras: [Camera] = []
            for id in ids { cameras.append(try find(id)) }
            return (cameras, true)
        case .all:
            return (enabled, true)
        }
    }
}

extension RingReader: Footage {}
