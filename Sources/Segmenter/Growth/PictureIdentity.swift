/// Notices a keyframe that is to be decoded otherwise than the run's first: ffmpeg copies on without a word.
struct PictureIdentity {
    private let format: String
    /// What the run's first keyframe says of how it is decoded.
    private var parameterSets: [UInt8] = []

    /// - Parameter format: the video's sample entry.
    init(format: String) {
        self.format = format
    }

    /// Takes in a keyframe's beginning; false if it is another picture.
    mutating func matches(_ keyframe: [UInt8]) -> Bool {
        guard !keyframe.isEmpty else { return true }
        let found = ParameterSets.sequence(in: keyframe, format: format)
        if parameterSets.isEmpty { parameterSets = found }
        return found.isEmpty || found == parameterSets
    }
}
