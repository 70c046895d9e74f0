/// What a run's parts show, in plain words.
extension PartIntake {
    /// What the camera should be set to do otherwise.
    ///
    /// - Parameter bufferDuration: how much the ring holds.
    func notices(bufferDuration: Duration) -> [String] {
        var notices: [String] = []
        if sinceKeyframe > bufferDuration {
            notices.append(
                "no keyframe for longer than the ring holds (\(Int(bufferDuration.seconds)) s): "
                    + "set a shorter keyframe interval (GOP) in the camera"
            )
        }
        if lacksSound { notices.append("the camera has stopped sending sound") }
        return notices
    }
}

extension PartIntake.Misfit {
    var reason: String {
        switch self {
        case .timestampsJumped:
            "the camera's timestamps jumped: starting it again"
        case .otherPicture(.video(let width, let height)):
            "the camera changed its picture, which was \(width)×\(height): starting it again"
        case .otherPicture:
            "the camera changed its picture: starting it again"
        }
    }
}
