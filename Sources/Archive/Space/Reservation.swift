import Segmenter

/// The room on the disk that a clip may still come to need.
struct Reservation: Sendable, Equatable {
    /// Of a camera of which nobody knows better.
    private static let usualBitRate = 4_000_000
    /// For what is not footage: copies of segments that still grow, thumbnail, playlist, the database.
    private static let overhead = 16 << 20

    let camera: String
    let window: ClipWindow
    let bytesPerSecond: Int

    /// - Parameter bitRate: what the camera sends, bits a second; nil if that is not known.
    init(for clip: Clip, bitRate: Int?) {
        camera = clip.camera
        window = clip.window
        bytesPerSecond = (bitRate ?? Self.usualBitRate) / 8
    }

    /// For its MP4 and the rest that no other clip has.
    var own: Int { bytes(of: window.duration) + Self.overhead }

    /// For segments that are still to come. What is on disk already, a link keeps there.
    func segments(at now: Timestamp) -> Int {
        bytes(of: max(.zero, window.end - max(now, window.start)))
    }

    private func bytes(of duration: Duration) -> Int {
        Int(duration.seconds * Double(bytesPerSecond))
    }
}
