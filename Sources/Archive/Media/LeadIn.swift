import Segmenter

/// What has to be decoded before the first frame shown, from its keyframe on, and is not shown itself.
///
/// An edit list hides it (ISO/IEC 14496-12 §8.6.6). But GStreamer's `qtdemux` ends a file after the
/// movie's duration counted from the first sample: as much as the lead-in lasts was missing at the end, up
/// to a whole GOP. And a player without edit lists would show it. So it is made to last hardly longer than
/// a frame: its samples stay, a tick each.
struct LeadIn: Hashable {
    /// At least as many as there are.
    let frames: Int
    /// Between frames. The last of the lead-in lasts so long: players ask when a picture ends before they
    /// leave it out, and some guess it by the rate.
    let interval: Duration

    /// What pictures last that state no rate.
    private static let usualInterval = Duration.milliseconds(40)

    init(frames: Int, interval: Duration) {
        self.frames = frames
        self.interval = max(interval, Self.usualInterval)
    }

    /// For an output of ffmpeg that copies, and whose clock is 0 at the first frame shown.
    var bitstreamFilters: [String] {
        // The order of decoding stays; with B-frames some of what is shown is decoded before 0.
        let packed = "N-\(frames)-ceil(\(interval.ffmpegSeconds)/TB)"
        return [
            "-bsf:v",
            "setts=dts='if(lt(DTS,0),\(packed),DTS)':pts='if(lt(PTS,0),\(packed),PTS)'",
            // Sound needs one packet to begin with, besides the one that begins before 0 and ends after it.
            "-bsf:a", "noise=drop='lt(pts+2*duration,0)'",
        ]
    }
}
