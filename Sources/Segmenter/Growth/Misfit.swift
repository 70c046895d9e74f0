/// Why what a camera sends does not fit to what came before in the run: ffmpeg must be started anew, and
/// nothing more of this run is taken.
enum Misfit: Sendable, Hashable {
    case timestampsJumped
    case otherPicture(before: Track.Kind)
    /// Its media clock runs so many seconds for each second of the world.
    case wrongPace(Double, hasBFrames: Bool)
    /// What comes is older than the ring.
    case lagsTooFar(Duration)

    /// In plain words.
    var reason: String {
        switch self {
        case .timestampsJumped:
            "the camera's timestamps jumped: starting it again"
        case .otherPicture(.video(let width, let height)):
            "the camera changed its picture, which was \(width)×\(height): starting it again"
        case .otherPicture:
            "the camera changed its picture: starting it again"
        case .wrongPace:
            "the camera's timestamps run at a wrong pace: recording by arrival instead"
        case .lagsTooFar(let lag):
            "what comes is \(Int(lag.seconds)) s old, older than the ring: starting it again"
        }
    }
}
