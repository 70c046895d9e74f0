import Archive
import Segmenter

/// What is kept and which clips go next, as health shows it.
struct RetentionResource: Encodable {
    struct Limits: Encodable {
        @OrNull var max_clips: Int?
        @OrNull var max_age_days: Double?
        @OrNull var max_storage_gb: Double?

        init(_ limits: Retention.Limits) {
            max_clips = limits.clips
            max_age_days = limits.age.map { $0.seconds / 86_400 }
            max_storage_gb = limits.bytes.map { Double($0) / 1e9 }
        }
    }

    struct Expiry: Encodable {
        let id: String
        let camera: String
        let timestamp: Timestamp
        /// The setting that it will go by.
        let reason: String
    }

    struct AllLimits: Encodable {
        let all: Limits
        let min_free_gb: Double
        /// By id, those with limits of their own.
        let cameras: [String: Limits]
    }

    let limits: AllLimits
    let next: [Expiry]

    init(_ retention: Retention, next: [Retention.Expiry]) {
        limits = AllLimits(
            all: Limits(retention.limits),
            min_free_gb: Double(retention.minFree) / 1e9,
            cameras: retention.cameras.mapValues(Limits.init)
        )
        self.next = next.map {
            Expiry(
                id: $0.clip.id,
                camera: $0.clip.camera,
                timestamp: $0.clip.timestamp,
                reason: $0.reason.description
            )
        }
    }
}
