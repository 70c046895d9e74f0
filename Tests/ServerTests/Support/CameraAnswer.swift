/// A camera as a client reads it.
struct CameraAnswer: Decodable, Sendable {
    struct Ring: Decodable, Sendable {
        let end: String?
        let duration: Double
        let segments: Int
        let bytes: Int
    }

    struct Clock: Decodable, Sendable {
        let offset: Double?
        let drift_ppm: Double?
    }

    let id: String
    let kind: String
    let source: String
    let status: String
    let reason: String?
    let lag: Double?
    let width: Int?
    let height: Int?
    let restarts: Int
    let ring: Ring
    let live: String
    let profile: String?
    let gop: Double?
    let clock: Clock
    let warnings: [String]
}
