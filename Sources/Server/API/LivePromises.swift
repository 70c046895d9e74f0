import Archive
import Segmenter

/// What a live playlist says once and may not change from one reload to the next (RFC 8216 §6.2.1): Apple's
/// player gives up for good when it does.
struct LivePromises: Sendable, Hashable {
    /// The shortest target of parts: ffmpeg ends them at the first frame after 0.2 s.
    private static let shortestPartTarget = 25
    /// In hundredths of a second like the one above.
    private static let partTargetStep = 5
    /// By how much the longest part may be outdone by one that is as usual, where frames do not come evenly.
    private static let partSlack = 1.02
    /// Parts so many times as long as usual are a pause of the camera's.
    private static let pause = 2
    /// By how much segments differ whose length is no whole number of seconds: frames do not come evenly.
    private static let unevenness = Duration.milliseconds(20)

    /// No entry is longer; seconds.
    let targetDuration: Int
    /// No part that is listed is longer.
    let partTarget: Duration

    init(targetDuration: Int, partTarget: Duration) {
        self.targetDuration = targetDuration
        self.partTarget = partTarget
    }

    /// What can be kept, as far as the footage that there is tells.
    ///
    /// - Parameter segmentDuration: what segments are wanted to last.
    init(of segments: [Segment], _ edge: LiveEdge, segmentDuration: Duration) {
        let complete = segments.map { Self.bound(of: $0.duration) }
        let open = edge.newest.last.map { $0.segment.duration.seconds } ?? 0
        let longest = max(segmentDuration.seconds, open, complete.max() ?? 0)
        targetDuration = Int(longest.rounded(.up))
        let parts = edge.newest.flatMap(\.parts).map(\.duration).sorted()
        let usual = parts.isEmpty ? .zero : parts[parts.count / 2]
        let longestPart = parts.last { $0 <= usual * Self.pause } ?? .zero
        let isEven = longestPart - usual < .microseconds(50)
        let bound = longestPart.seconds * (isEven ? 1 : Self.partSlack)
        // Less than the rounding of a product may add is nothing.
        let steps = bound * 100 / Double(Self.partTargetStep) - 1e-6
        let hundredths = max(
            Self.shortestPartTarget,
            Int(steps.rounded(.up)) * Self.partTargetStep
        )
        partTarget = min(.milliseconds(10 * hundredths), .seconds(targetDuration))
    }

    /// What segments like one of this duration do not exceed.
    private static func bound(of duration: Duration) -> Double {
        let seconds = duration.seconds
        // A camera of even frames and a whole number of seconds from keyframe to keyframe.
        let isWhole = abs(seconds - seconds.rounded()) < 0.000_05
        return isWhole ? seconds.rounded() : (duration + unevenness).seconds
    }
}
