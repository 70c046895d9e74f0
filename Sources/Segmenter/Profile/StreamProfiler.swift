/// Measures one run's video as its files come, over about the last 30 s.
///
/// It looks only at what `FragmentTiming` has read anyway; adding a file costs about a microsecond.
/// Times are decoding times: those rise by one frame interval each, with B-frames too.
package struct StreamProfiler: Sendable {
    private static let window = Duration.seconds(30)
    private static let rememberedGroups = 16
    /// A jump of the media clock beyond this is a new beginning.
    private static let longestGap = Duration.seconds(10)

    private struct File {
        let frames: Int
        let bytes: Int
    }

    private var files: [File] = []
    /// Those of all frames in `files`.
    private var times: [Duration] = []
    private var groups: [Duration] = []
    private var newestKeyframe: Duration?
    private var newestShown: Duration?
    private var hasBFrames = false

    package init() {}

    /// Takes in the frames of the next file, in the order of decoding.
    ///
    /// - Parameter bytes: the file's size.
    package mutating func add(_ frames: [FragmentTiming.Frame], bytes: Int) {
        guard let first = frames.first, let last = frames.last else { return }
        if let newest = times.last,
            first.decoded <= newest || first.decoded - newest > Self.longestGap
        {
            self = StreamProfiler()
        }
        let frames = times.isEmpty ? Self.placingFirst(of: frames) : frames
        for frame in frames {
            if let newestShown, frame.shown < newestShown { hasBFrames = true }
            newestShown = max(newestShown ?? frame.shown, frame.shown)
            if frame.isKeyframe {
                if let newestKeyframe { groups.append(frame.decoded - newestKeyframe) }
                newestKeyframe = frame.decoded
            }
            times.append(frame.decoded)
        }
        if groups.count > Self.rememberedGroups {
            groups.removeFirst(groups.count - Self.rememberedGroups)
        }
        files.append(File(frames: frames.count, bytes: bytes))
        while let oldest = files.first, files.count > 1,
            last.decoded - times[oldest.frames] >= Self.window
        {
            times.removeFirst(oldest.frames)
            files.removeFirst()
        }
    }

    /// The first frames of a run, the very first where it belongs.
    ///
    /// Over RTSP it often has no timestamp yet: the muxer then puts it one tick before the second.
    private static func placingFirst(
        of frames: [FragmentTiming.Frame]
    ) -> [FragmentTiming.Frame] {
        guard frames.count > 2 else { return frames }
        let interval = frames[2].decoded - frames[1].decoded
        guard frames[1].decoded - frames[0].decoded < interval / 2 else { return frames }
        let first = FragmentTiming.Frame(
            decoded: frames[1].decoded - interval,
            shown: frames[0].shown,
            isKeyframe: frames[0].isKeyframe
        )
        return [first] + frames.dropFirst()
    }

    /// What has been seen so far.
    package var profile: StreamProfile {
        var profile = StreamProfile(hasBFrames: hasBFrames)
        if let newestKeyframe, let newest = times.last {
            profile.openGroup = newest - newestKeyframe
        }
        if !groups.isEmpty {
            let sorted = groups.sorted()
            profile.groups = StreamProfile.GroupsOfPictures(
                count: groups.count,
                median: sorted[sorted.count / 2],
                shortest: sorted[0],
                longest: sorted[sorted.count - 1]
            )
        }
        let intervals = zip(times, times.dropFirst()).map { ($1 - $0).seconds }.sorted()
        if let first = times.first, let last = times.last, last > first {
            profile.duration = last - first
            let mean = profile.duration.seconds / Double(intervals.count)
            profile.frameRate = 1 / mean
            let bytes = files.reduce(0) { $0 + $1.bytes }
            let seconds = mean * Double(times.count)
            profile.bitrate = Int((Double(bytes) * 8 / seconds).rounded())
            let usual = intervals[intervals.count / 2]
            let odd = intervals.count { abs($0 - usual) > usual / 5 }
            profile.hasVariableRate = odd * 20 > intervals.count
        }
        return profile
    }
}
