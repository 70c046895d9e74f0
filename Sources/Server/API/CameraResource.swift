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

    struct Clock: Encodable {
        /// Seconds that the camera's clock has run ahead since its run began.
        @OrNull var offset: Double?
        @OrNull var drift_ppm: Double?

        init(_ figures: ClockFigures?) {
            offset = figures?.offset.rounded(places: 3)
            drift_ppm = figures?.drift?.rounded()
        }
    }

    let id: String
    let name: String
    let kind: String
    let source: String
    let status: String
    @OrNull var reason: String?
    /// Seconds that the newest footage lies behind the present, beyond what is usual; null if it does not.
    @OrNull var lag: Double?
    let since: Timestamp
    @OrNull var width: Int?
    @OrNull var height: Int?
    @OrNull var fps: Double?
    /// What is recorded.
    let codecs: Codecs
    /// What is recorded at present, as Media Source Extensions take it; null if that is not known.
    @OrNull var media_type: String?
    /// What the camera sends.
    let source_codecs: Codecs
    /// The recorded video's, with its level: `High@4.0`.
    @OrNull var profile: String?
    /// Bits a second over the last half minute.
    @OrNull var bitrate: Int?
    /// Seconds from a keyframe to the next, usually.
    @OrNull var gop: Double?
    let ring: RingResource
    let restarts: Int
    let clock: Clock
    let warnings: [String]
    /// The live playlist; null where nobody serves it.
    @OrNull var live: String?

    init(_ camera: Camera) async {
        let status = await camera.status
        self.init(camera.configuration, status, await camera.ring.segments)
        live = "/api/cameras/\(id)/live/index.m3u8"
    }

    init(_ configuration: CameraConfiguration, _ status: CameraStatus, _ held: [Segment]) {
        id = configuration.id
        name = configuration.name
        kind = configuration.source.kind
        source = configuration.source.description
        self.status = status.state.rawValue
        reason = status.reason
        lag = status.lag?.seconds.rounded(places: 3)
        since = status.since
        if let size = status.media?.video?.shownSize {
            (width, height) = (size.width, size.height)
        } else {
            (width, height) = (status.input?.video?.width, status.input?.video?.height)
        }
        let measured = status.profile
        fps =
            measured?.frameRate?.rounded(places: 2)
            ?? status.input?.video?.framesPerSecond
        codecs = Codecs(
            video: status.media?.video?.codec,
            audio: status.media?.audio?.codec
        )
        media_type = status.media?.mediaType(withSound: !status.lacksSound)
        source_codecs = Codecs(
            video: status.input?.video?.codec,
            audio: status.input?.audioCodec
        )
        profile = status.media?.video?.profile?.name
        bitrate = measured?.bitrate
        gop = measured?.groups?.median.seconds
        ring = RingResource(held)
        restarts = status.restarts
        clock = Clock(status.clock)
        warnings = status.warnings
        live = nil
    }
}
