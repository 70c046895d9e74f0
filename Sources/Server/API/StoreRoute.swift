import Archive
import HTTP
import Segmenter

/// `POST /api/store`: the trigger.
struct StoreRoute: Sendable {
    let archive: ClipArchive
    let fleet: CameraFleet
    /// Beyond it a window is refused; nil for no bound.
    let maxClipDuration: Duration?

    private static let defaultBefore = Duration.seconds(30)

    func store(_ request: Request) async throws -> Response {
        let now = Timestamp.now()
        _ = try QueryReader(request, knowing: [])
        let body = try await JSONBody.object(of: request)
        let order = try StoreRequest(
            body,
            longestBefore: fleet.longestBuffer.seconds,
            now: now
        )
        let key = try IdempotencyKey(request.headers, body: body)
        do {
            var answer = try await archive.once(key, now: now) {
                try await accept(order, key, now)
            }
            let wait = WaitPreference.seconds(request.headers)
            if let wait { try await finish(&answer, within: .seconds(wait)) }
            return try StoreAnswer(answer, waited: wait).response()
        } catch ArchiveError.overlapping(let id) {
            return ProblemDetails.response(
                to: HTTPError(ArchiveError.overlapping(id: id)),
                request,
                clip: id
            )
        }
    }

    /// Has the cameras that can serve do so; an error if none can.
    private func accept(
        _ order: StoreRequest,
        _ key: IdempotencyKey?,
        _ now: Timestamp
    ) async throws -> TriggerAnswer {
        let (cameras, isIncident) = try chosen(order.cameras)
        let incident = isIncident ? UUIDv7.make(at: now) : nil
        var orders: [TriggerRequest.Order] = []
        var refusals: [(camera: String, error: HTTPError)] = []
        for camera in cameras {
            let configuration = camera.configuration
            var trigger = Trigger(
                camera: configuration.id,
                at: (order.at ?? now).wholeMilliseconds,
                before: order.before ?? min(Self.defaultBefore, configuration.bufferDuration),
                after: order.after,
                overlap: order.overlap,
                incident: incident,
                label: order.label,
                note: order.note,
                metadata: order.metadata
            )
            do throws(HTTPError) {
                let footage = try await footage(for: trigger, of: camera)
                trigger.bitRate = await camera.ring.segments.bitRate
                orders.append(TriggerRequest.Order(trigger, footage: footage))
            } catch {
                refusals.append((configuration.id, error))
            }
        }
        if orders.isEmpty {
            throw refusals.first?.error
                ?? HTTPError(.conflict, "No camera is enabled: see the settings.")
        }
        let request = TriggerRequest(
            orders,
            refusals: refusals.map { .init(camera: $0.camera, detail: $0.error.detail) },
            key: key,
            explain: { HTTPError($0).detail }
        )
        return try await archive.trigger(request, now: now)
    }

    /// Waits until all its clips are ready or have failed.
    private func finish(_ answer: inout TriggerAnswer, within limit: Duration) async throws {
        let deadline = ContinuousClock.now + limit
        for (index, clip) in answer.clips.enumerated() {
            answer.clips[index] = try await archive.clip(
                clip.id,
                finishedWithin: max(.zero, deadline - .now)
            )
        }
    }

    /// What the camera's ring has of the window; an error if the ring cannot serve it.
    private func footage(
        for trigger: Trigger,
        of camera: Camera
    ) async throws(HTTPError) -> RingReader {
        let buffer = camera.configuration.bufferDuration
        guard trigger.before <= buffer else {
            throw HTTPError(
                .unprocessableContent,
                "before must be from 0 to \(buffer.seconds) seconds for camera \(trigger.camera)."
            )
        }
        if let longest = maxClipDuration, trigger.window.duration > longest {
            throw HTTPError(
                .unprocessableContent,
                "before and after are more than \(longest.seconds) seconds together: ask for less."
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
        return await camera.ring.reader(from: trigger.window.start, to: trigger.window.end)
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
