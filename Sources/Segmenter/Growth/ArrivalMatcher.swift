/// Finds out which frame had just arrived when ffmpeg wrote a fragment.
///
/// ffmpeg writes a fragment when it gets the packet after it, and that packet is the next fragment's first. It
/// is one of video unless the fragment's sound was long enough to end it; then the moment says only that the
/// frame before had arrived. And some of ffmpeg's readers hand a frame on only when the one after it begins:
/// then that one had arrived, too. So what a moment means is known when more has been read.
struct ArrivalMatcher {
    /// A frame, by when it is shown, that had arrived at a moment, or before.
    struct Arrival: Hashable {
        let media: Duration
        let moment: SteadyTime
    }

    /// A moment whose frame has not been read yet.
    private struct Pending {
        let moment: SteadyTime
        let lastFrame: Duration
        let soundStart: Duration?
        /// How many frames of what follows come before the one that had arrived; nil until that is known.
        var framesToSkip: Int?
    }

    /// How many frames ffmpeg's reader of the source holds back.
    private let heldFrames: Int
    private let fragmentDuration: Duration
    private var pending: [Pending] = []

    init(heldFrames: Int, fragmentDuration: Duration) {
        self.heldFrames = heldFrames
        self.fragmentDuration = fragmentDuration
    }

    /// Takes in the run's next fragment.
    ///
    /// - Parameters:
    ///   - frames: when its frames are shown, in the order of decoding.
    ///   - soundStart: where its sound begins; nil without any.
    ///   - beginsFile: it is the first of its file, which a frame of video begins.
    ///   - arrival: when it was written, if that is known.
    /// - Returns: whose arrivals are known by it, in their order.
    mutating func add(
        frames: [Duration],
        soundStart: Duration?,
        beginsFile: Bool,
        writtenAt arrival: SteadyTime?
    ) -> [Arrival] {
        var arrivals: [Arrival] = []
        pending = pending.compactMap { entry in
            var entry = entry
            let skipped =
                entry.framesToSkip
                ?? (endedByVideo(entry, soundStart, beginsFile) ? heldFrames : heldFrames - 1)
            if skipped < 0 {
                arrivals.append(Arrival(media: entry.lastFrame, moment: entry.moment))
                return nil
            }
            if skipped < frames.count {
                arrivals.append(Arrival(media: frames[skipped], moment: entry.moment))
                return nil
            }
            entry.framesToSkip = skipped - frames.count
            return entry
        }
        if let arrival, let last = frames.last {
            pending.append(Pending(moment: arrival, lastFrame: last, soundStart: soundStart))
        }
        return arrivals
    }

    /// Whether it was surely a frame that ended the fragment.
    private func endedByVideo(_ entry: Pending, _ soundStart: Duration?, _ beginsFile: Bool) -> Bool
    {
        guard !beginsFile, let start = entry.soundStart, let next = soundStart else { return true }
        // The muxer counts in its track's ticks.
        return next - start < fragmentDuration - .milliseconds(1)
    }
}
