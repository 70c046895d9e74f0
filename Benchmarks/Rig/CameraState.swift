/// What the benchmarks read of `GET /api/cameras`.
struct CameraState: Decodable {
    struct Ring: Decodable {
        /// In seconds.
        let duration: Double
        let segments: Int
        let bytes: Int
    }

    let id: String
    let status: String
    let restarts: Int
    let ring: Ring
}
