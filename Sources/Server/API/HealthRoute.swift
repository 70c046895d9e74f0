import Archive
import Glibc
import HTTP
import Segmenter

/// `GET /api/health`: whether a trigger would be served.
struct HealthRoute: Sendable {
    let archive: ClipArchive
    let fleet: CameraFleet
    let bufferDuration: Duration
    let storagePath: String
    /// What is wrong with the settings, in words without paths.
    let warnings: @Sendable () -> [String]
    let started: ContinuousClock.Instant

    private struct Health: Encodable {
        struct CameraHealth: Encodable {
            let id: String
            let status: String
            @OrNull var reason: String?
            /// Seconds that its newest footage lies behind the present; null if it does not.
            @OrNull var lag: Double?
            /// Seconds of footage in its ring.
            let buffered: Double
            /// Whether a trigger with the default `before` would be served whole.
            let ready: Bool
        }

        struct DatabaseHealth: Encodable {
            let status: String
            @OrNull var clips: Int?
        }

        /// `ok`; `degraded` when a camera is not recorded or the disk nearly full; `unhealthy` when storage
        /// or database fail.
        let status: String
        let timestamp: Timestamp
        let version: String
        let uptime: Double
        /// `ready` when every enabled ring reaches back as far as a trigger does by default.
        let bufferStatus: String
        let bufferDuration: Double
        let cameras: [CameraHealth]
        @OrNull var storage: StorageResource?
        @OrNull var retention: RetentionResource?
        let database: DatabaseHealth
        let warnings: [String]
    }

    func get(_ request: Request) async throws -> Response {
        let query = try QueryReader(request, knowing: ["ready"])
        var cameras: [Health.CameraHealth] = []
        var isRecording = true
        for camera in fleet.cameras where camera.configuration.enabled {
            let status = await camera.status
            isRecording = isRecording && status.state.isRecording
            let ring = CameraResource.RingResource(await camera.ring.segments)
            cameras.append(
                Health.CameraHealth(
                    id: camera.configuration.id,
                    status: status.state.rawValue,
                    reason: status.reason,
                    lag: status.lag?.seconds.rounded(places: 3),
                    buffered: ring.duration,
                    ready: ring.duration >= min(30, camera.configuration.bufferDuration.seconds)
                )
            )
        }
        let isFull = cameras.allSatisfy(\.ready)
        let clips = try? await archive.count()
        let storage = access(storagePath, W_OK) == 0 ? try? await archive.storage() : nil
        let isSound = clips != nil && !archive.isDatabaseDamaged
        let works = isSound && storage != nil
        let isWell = isRecording && !(storage.map { RingDiet.isShort($0.room) } ?? false)
        let health = Health(
            status: works ? (isWell ? "ok" : "degraded") : "unhealthy",
            timestamp: .now(),
            version: Hindsight.version,
            uptime: (ContinuousClock.now - started).seconds,
            bufferStatus: isFull
                ? "ready" : cameras.contains { $0.buffered > 0 } ? "filling" : "empty",
            bufferDuration: bufferDuration.seconds,
            cameras: cameras,
            storage: storage.map(StorageResource.init),
            retention: storage.map { RetentionResource($0.retention, next: $0.next) },
            database: .init(
                status: archive.isDatabaseDamaged ? "damaged" : isSound ? "ok" : "unhealthy",
                clips: clips
            ),
            warnings: warnings()
        )
        let isUnready = query.text("ready") != nil && !isFull
        return try JSONBody.response(works && !isUnready ? .ok : .serviceUnavailable, health)
    }
}
