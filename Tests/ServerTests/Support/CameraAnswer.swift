/// A camera as a client reads it.
struct CameraAnswer: Decodable, Sendable {
    struct Ring: Decodable, Sendable {
        let duration: Double
        let segments: Int
        let bytes: Int
    }

    let id: String
    let kind: String
    let source: String
    let status: String
    let reason: String?
    let width: Int?
    let height: Int?
    let restarts: Int
    let ring: Ring
    let live: String
}
