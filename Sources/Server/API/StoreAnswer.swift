import Archive
import HTTP
import Segmenter

/// What `POST /api/store` answers to a request that was accepted, now or before.
struct StoreAnswer {
    /// The body for several cameras.
    private struct Incident: Encodable {
        let incident: String
        let clips: [ClipResource]
        let refused: [TriggerAnswer.Refusal]
        let message: String
        let timestamp: Timestamp
    }

    private let answer: TriggerAnswer
    private let waited: Int?

    /// - Parameter waited: the seconds of `Prefer: wait` that were granted.
    init(_ answer: TriggerAnswer, waited: Int?) {
        self.answer = answer
        self.waited = waited
    }

    /// 201 once all clips are ready or have failed, 202 before.
    func response() throws -> Response {
        guard let first = answer.clips.first else {
            throw HTTPError(
                .notFound,
                "What this Idempotency-Key made has been deleted: use a new key for a new clip."
            )
        }
        let seconds = answer.clips.filter { !$0.status.isFinished }
            .map(Self.secondsUntilReady).max()
        var headers: HeaderFields = ["Location": "/api/videos/\(first.id)"]
        headers["Retry-After"] = seconds.map { String($0) }
        headers["Preference-Applied"] = waited.map { "wait=\($0)" }
        if answer.isReplayed { headers["Idempotent-Replayed"] = "true" }
        let status = seconds == nil ? Status.created : .accepted
        let message = seconds.map { "Kept. The clip is ready in about \($0) s." } ?? outcome
        guard let incident = answer.incident else {
            let clip = ClipResource(clip: first, message: message)
            return try JSONBody.response(status, clip, headers: headers)
        }
        let body = Incident(
            incident: incident,
            clips: answer.clips.map { ClipResource(clip: $0) },
            refused: answer.refused,
            message: message,
            timestamp: answer.timestamp
        )
        return try JSONBody.response(status, body, headers: headers)
    }

    /// When all is finished.
    private var outcome: String {
        let failed = answer.clips.filter { $0.status == .failed }
        guard let first = failed.first else { return "Kept, and ready." }
        return "Kept, but without an MP4: \(first.error ?? "making it failed")."
    }

    /// When a clip that is still being recorded is likely to be ready.
    static func secondsUntilReady(_ clip: Clip) -> Int {
        max(1, Int((clip.requestedEnd - .now()).seconds.rounded(.up)) + 2)
    }
}
