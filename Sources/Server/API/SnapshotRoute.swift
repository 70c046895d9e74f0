import Archive
import Glibc
import HTTP
import Segmenter

/// `GET /api/cameras/:id/snapshot.jpg`: the newest keyframe, or that of a moment in the ring.
struct SnapshotRoute: Sendable {
    /// A segment may leave the ring between its choice and its use.
    private static let attempts = 3

    let fleet: CameraFleet
    let cache: SnapshotCache

    func get(_ request: Request) async throws -> Response {
        let query = try QueryReader(request, knowing: ["at"])
        let camera = try fleet.camera(of: request)
        let at = try Self.moment(query.text("at"))
        for _ in 0..<Self.attempts {
            let segment = try Self.segment(among: await camera.ring.segments, at: at)
            let limit = DescriptorBudget.snapshotsPerCamera * fleet.cameras.count
            do {
                return try FileResponse.respond(
                    to: request,
                    file: try await cache.picture(of: segment, keeping: limit),
                    contentType: "image/jpeg",
                    headers: ["Cache-Control": "no-cache"]
                )
            } catch ArchiveError.file(_, ENOENT) {
                continue
            } catch let error as FileError {
                throw error.httpError
            }
        }
        throw Self.noPicture
    }

    private static let noPicture = HTTPError(
        .serviceUnavailable,
        "This camera has no picture now; see its status.",
        headers: ["Retry-After": "2"]
    )

    /// The segment whose first frame is the picture: the newest, or the one on display at a moment.
    static func segment(
        among held: [Segment],
        at moment: Timestamp?
    ) throws(HTTPError) -> Segment {
        guard let oldest = held.first, let newest = held.last else { throw noPicture }
        let moment = moment ?? newest.start
        guard moment < newest.end else {
            throw HTTPError(
                .conflict,
                "The newest footage ends at \(newest.end.iso8601).",
                headers: ["Retry-After": "2"]
            )
        }
        guard moment >= oldest.start else {
            throw HTTPError(.notFound, "The oldest footage begins at \(oldest.start.iso8601).")
        }
        let earlier = held.prefix { $0.start <= moment }
        guard let shown = earlier.last, moment < shown.end else {
            throw HTTPError(.notFound, "The camera recorded nothing at that moment.")
        }
        guard let picture = earlier.last(where: \.startsOnKeyframe), picture.run == shown.run else {
            throw HTTPError(.notFound, "The ring does not hold that moment's keyframe any more.")
        }
        return picture
    }

    private static func moment(_ text: String?) throws(HTTPError) -> Timestamp? {
        guard let text else { return nil }
        guard let moment = Timestamp(iso8601: text) else {
            throw HTTPError(
                .badRequest,
                "at must be an ISO 8601 moment such as \"2026-11-22T11:33:21.482Z\"."
            )
        }
        return moment
    }
}
