/// What a camera's video is like, measured on its frames.
package struct StreamProfile: Sendable, Hashable {
    /// Complete stretches from a keyframe to the next.
    package struct GroupsOfPictures: Sendable, Hashable {
        package var count: Int
        package var median: Duration
        package var shortest: Duration
        package var longest: Duration

        package init(count: Int, median: Duration, shortest: Duration, longest: Duration) {
            self.count = count
            self.median = median
            self.shortest = shortest
            self.longest = longest
        }

        /// Whether the camera chooses their length as it goes, and not its settings.
        package var vary: Bool { longest > shortest * 1.5 }
    }

    /// How much footage it was measured on.
    package var duration: Duration
    /// Frames a second on average; nil with fewer than two frames.
    package var frameRate: Double?
    /// Whether more than one interval in twenty is a fifth off the usual one.
    package var hasVariableRate: Bool
    /// Nil before the second keyframe.
    package var groups: GroupsOfPictures?
    /// What has come since the newest keyframe: a group is at least that long.
    package var openGroup: Duration
    /// Bits a second, sound and container included; nil with fewer than two frames.
    package var bitrate: Int?
    /// Whether frames are sent in another order than they are shown in.
    package var hasBFrames: Bool

    package init(
        duration: Duration = .zero,
        frameRate: Double? = nil,
        hasVariableRate: Bool = false,
        groups: GroupsOfPictures? = nil,
        openGroup: Duration = .zero,
        bitrate: Int? = nil,
        hasBFrames: Bool = false
    ) {
        self.duration = duration
        self.frameRate = frameRate
        self.hasVariableRate = hasVariableRate
        self.groups = groups
        self.openGroup = openGroup
        self.bitrate = bitrate
        self.hasBFrames = hasBFrames
    }

    /// The longest time without a keyframe that was seen, the present one included.
    package var longestGroup: Duration { max(groups?.longest ?? .zero, openGroup) }
}
