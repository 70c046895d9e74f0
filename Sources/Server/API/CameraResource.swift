import Archive
import Segmenter

/// A camera as the API shows it.
struct CameraResource: Encodable {
    struct RingResource: Encodable {
        @OrNull var start: Timestamp?
        @OrNull var end: Timestamp?
        /// Seconds of footage, gaps not counted.
        let duration: Double
        let segments: Int
        let bytes: Int

        init(_ held: [Segment]) {
            start = held.first?.start
            end = held.last?.end
            duration = held.reduce(Duration.zero) { $0 + $1.duration }.seconds
            segments = held.count
            bytes = held.reduce(0) { $0 + $1.bytes }
        }
    }

    struct Codecs: Encodable {
        @OrNull var video: String?
        @OrNull var audio: String?
    }

    let id: String
    let name: String
    let kind: String
    let source: String
    let status: String
    @OrNull var reason: String?
    let since: Timestamp
    @OrNull var width: Int?
    @OrNull var height: Int?
    @OrNull var fps: Double?
    let codecs: Codecs
    /// Bits a second over the ring.
    @OrNull var bitrate: Int?
    let ring: RingResource
    let restarts: Int
    let live: String

    init(_ camera: Camera) async {
        let configuration = camera.configuration
        let status = await camera.status
        let held = await camera.ring.segments
        id = configuration.id
        name = configuration.name
        kind = configuration.source.kind
        source = configuration.source.description
        self.status = status.state.rawValue
        reason = status.reason
        since = status.since
        if case .video(let width, let height)? = status.media?.video?.kind {
            (self.width, self.height) = (width, height)
        } else {
            (width, height) = (status.input?.video?.width, status.input?.video?.height)
        }
        fps = status.input?.video?.framesPerSecond
        codecs = Codecs(
            video: status.media?.video?.codec,
            audio: status.media?.audio?.codec
        )
        ring = RingResource(held)
        bitrate = ring.duration > 0 ? Int(Double(ring.bytes) * 8 / ring.duration) : nil
        restarts = status.restarts
        live = "/api/cameras/\(id)/live/index.m3u8"
    }
}
